// Signals by descriptor, never by handler: signalfd(2) turns them into ordinary events. For that
// they are blocked in every thread, so watch them before other threads start; the engine's own
// threads block all signals, and so do those of Swift's concurrency.
import CSystem
import FairleadWire

/// A signal that a reactor can watch.
public enum Signal: Int32, CaseIterable, Sendable {
    case hangUp = 1
    case interrupt = 2
    case user1 = 10
    case user2 = 12
    case terminate = 15
    case child = 17
    case windowChange = 28
}

/// The signals of the process, as events of one reactor.
public final class Signals: DescriptorObserver {
    private unowned let reactor: Reactor
    private var descriptor: Int32 = -1
    private var token = Token.none
    private var actions: [Signal: [() -> Void]] = [:]

    init(_ reactor: Reactor) {
        self.reactor = reactor
    }

    /// Calls `action` at each arrival of `signal`, whose default effect no longer takes place.
    public func on(_ signal: Signal, _ action: @escaping () -> Void) throws(SystemError) {
        let mask = Self.mask(Array(actions.keys) + [signal])
        let number = try SystemResult(fl_signalfd(descriptor, mask)).descriptor("signalfd")
        if descriptor < 0 {
            do {
                token = try reactor.register(number, .readable, self)
            } catch {
                fl_signals_unblock(mask)
                _ = fl_close(number)
                throw error
            }
            descriptor = number
        }
        actions[signal, default: []].append(action)
    }

    /// Stops the reactor, in phases, at SIGINT and SIGTERM.
    public func stopReactorOnTermination() throws(SystemError) {
        for signal in [Signal.interrupt, .terminate] {
            try on(signal) { [unowned reactor] in reactor.stop() }
        }
    }

    public func ready(_ readiness: Readiness, _ token: Token) {
        while true {
            let number = fl_signal_read(descriptor)
            guard number > 0 else { return }
            guard let signal = Signal(rawValue: number) else { continue }
            for action in actions[signal] ?? [] { action() }
        }
    }

    /// A bit for each signal, the first signal in bit 0.
    private static func mask(_ signals: [Signal]) -> UInt64 {
        signals.reduce(0) { $0 | 1 << UInt64($1.rawValue - 1) }
    }

    /// Gives the signals their default effect back.
    public func reactorStopped() {
        guard descriptor >= 0 else { return }
        reactor.unregister(token)
        // What has arrived was meant for us: with its default effect it could end the process.
        while fl_signal_read(descriptor) > 0 {}
        fl_signals_unblock(Self.mask(Array(actions.keys)))
        _ = fl_close(descriptor)
        descriptor = -1
        actions = [:]
    }
}

import FairleadEngine
import FairleadWire

/// A log of at most one line a second: of what comes too soon the newest is kept.
final class PacedLog {
    private let reactor: Reactor
    private let write: LogHandler
    private var pause: Timer?
    private var waiting: (level: LogLevel, message: String)?
    private var passedOver = 0
    private static let interval = Duration.seconds(1)

    init(on reactor: Reactor, _ write: @escaping LogHandler) {
        self.reactor = reactor
        self.write = write
    }

    deinit { pause?.cancel() }

    func log(_ level: LogLevel, _ message: String) {
        guard pause == nil else {
            if waiting != nil { passedOver += 1 }
            waiting = (level, message)
            return
        }
        write(level, message)
        rest()
    }

    /// Says what still waits and pauses no longer: the end.
    func finish() {
        pause?.cancel()
        pause = nil
        if let waiting { write(waiting.level, waiting.message) }
        waiting = nil
    }

    private func rest() {
        pause = reactor.after(Self.interval) { [weak self] in
            guard let self else { return }
            pause = nil
            guard let (level, message) = waiting else { return }
            waiting = nil
            write(level, passedOver == 0 ? message : "\(message) (\(passedOver) changes before)")
            passedOver = 0
            rest()
        }
    }
}

// A receiver that is made up, on a real pseudo-terminal: what it says goes the whole way that a
// device's bytes go. Whoever hears it is told: quality 8 and mode S in its sentences, SIMULATED in
// its text and in its device's state.

import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// `simulate:`, a receiver that is not there.
final class SimulatedSource: Source {
    let description: String
    private let hub: Hub
    private let interval: Duration
    private var receiver: SimulatedReceiver
    private var port: (any ListeningPort)?
    private var timer: Timer?
    private var listeners: [ObjectIdentifier: any Transport] = [:]
    private var line: (any ConnectAttempt)?
    private var transport: (any Transport)?

    /// - Parameter rate: epochs a second.
    init(_ description: String, _ receiver: SimulatedReceiver, rate: Double, _ hub: Hub) {
        self.description = description
        self.receiver = receiver
        self.hub = hub
        interval = .seconds(1 / min(max(rate, 0.01), 50))
    }

    /// The side of the pseudo-terminal that speaks.
    private final class Mouth: StreamProtocol {
        private weak var source: SimulatedSource?
        init(_ source: SimulatedSource) { self.source = source }

        func connectionMade(on transport: any Transport) {
            transport.writeLimits = WriteLimits(
                highWater: 16 * 1024, maximum: 16 * 1024, policy: .conflate)
            source?.listeners[ObjectIdentifier(transport)] = transport
        }

        func received(_ bytes: Span<UInt8>, on transport: any Transport) {}

        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            source?.listeners[ObjectIdentifier(transport)] = nil
        }
    }

    func start() {
        do {
            let port = try hub.reactor.listenPseudoTerminal { [weak self] _ in
                self.map { Mouth($0) }
            }
            self.port = port
            guard case .device(let path) = port.localAddress else { return }
            listen(path)
        } catch {
            hub.reactor.log(.error, "\(description): \(error)")
        }
    }

    func stop() {
        timer?.cancel()
        timer = nil
        line?.cancel()
        line = nil
        transport?.abort()
        port?.stop()
        port = nil
    }

    private func listen(_ path: String) {
        guard let device = hub.device(path, from: description, isSimulated: true) else { return }
        line = hub.reactor.openSerial(path) { [weak self] _ in
            guard let self else { return nil }
            hub.change(device, isPresent: true, state: "SIMULATED")
            return SourceStream(hub, device) { [weak self] reason in
                self?.transport = nil
                self?.hub.change(device, isPresent: false, state: "SIMULATED: \(reason)")
            }
        } completion: { [weak self] result in
            guard let self else { return }
            line = nil
            switch result {
            case .success(let transport):
                self.transport = transport
                speak()
                timer = hub.reactor.every(interval) { [weak self] in self?.speak() }
            case .failure(let error): hub.reactor.log(.error, "\(description): \(error)")
            }
        }
    }

    private func speak() {
        let seconds = interval / .seconds(1)
        let now = UTCTime(nanosecondsSince1970: hub.reactor.kernel.wallClock())
        let sentences = receiver.step(seconds, at: now, &hub.reactor.random)
        for listener in listeners.values { listener.write(shared: sentences) }
    }
}

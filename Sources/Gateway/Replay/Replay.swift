import FairleadEngine
import FairleadWire

/// The log cannot be read.
public struct ReplayFault: Error {
    public let cause: any Error
}

/// Says a log to whoever is there, from the first client on.
public final class Replay {
    private let log: any ClientEndpoint
    private let pacer: ReplayPacer
    private var clients: [ObjectIdentifier: any Transport] = [:]
    private var blocked: Set<ObjectIdentifier> = []
    private var stream: ReplayStream?
    private var port: (any ListeningPort)?
    private var attempt: (any ConnectAttempt)?
    private var ended: ((any Error)?) -> Void = { _ in }

    public init(_ log: any ClientEndpoint, _ pacer: ReplayPacer) {
        self.log = log
        self.pacer = pacer
    }

    /// Opens the place, and calls `ended` when the log is over or something failed.
    public func start(
        _ place: ReplayPlace, on reactor: Reactor, ended: @escaping ((any Error)?) -> Void
    ) throws {
        self.ended = ended
        switch place {
        case .server(let endpoint):
            port = try endpoint.listen(on: reactor) { [weak self] _ in
                self.map { Listener($0) }
            }
        case .client(let endpoint):
            attempt = endpoint.connect(on: reactor) { [weak self] _ in
                self.map { Listener($0) }
            } completion: { [weak self] result in
                if case .failure(let error) = result { self?.ended(error) }
            }
        }
    }

    /// What the log is handed to.
    private final class Mouth: StreamProtocol {
        private weak var replay: Replay?
        init(_ replay: Replay) { self.replay = replay }

        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            replay?.say([UInt8](copying: bytes))
        }

        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            replay?.over()
        }
    }

    /// Somebody who hears it.
    private final class Listener: StreamProtocol {
        private weak var replay: Replay?
        init(_ replay: Replay) { self.replay = replay }

        func connectionMade(on transport: any Transport) { replay?.add(transport) }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {}
        // Who says nothing may listen all the same.
        func readEnded(on transport: any Transport) {}
        func writeBlocked(on transport: any Transport) { replay?.block(transport, true) }
        func writeReady(on transport: any Transport) { replay?.block(transport, false) }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            replay?.remove(transport)
        }
    }

    private func add(_ client: any Transport) {
        clients[ObjectIdentifier(client)] = client
        if stream == nil { begin(client.reactor) }
    }

    private func begin(_ reactor: Reactor) {
        let stream = ReplayStream(pacer, to: Mouth(self))
        self.stream = stream
        attempt = log.connect(on: reactor) { _ in
            stream
        } completion: { [weak self] result in
            if case .failure(let error) = result { self?.ended(ReplayFault(cause: error)) }
        }
    }

    private func say(_ bytes: [UInt8]) {
        for client in clients.values { client.write(shared: bytes) }
    }

    private func block(_ client: any Transport, _ isBlocked: Bool) {
        if isBlocked {
            blocked.insert(ObjectIdentifier(client))
        } else {
            blocked.remove(ObjectIdentifier(client))
        }
        stream?.isHeld = !blocked.isEmpty
    }

    private func remove(_ client: any Transport) {
        clients[ObjectIdentifier(client)] = nil
        block(client, false)
    }

    private func over() {
        port?.stop()
        for client in clients.values { client.close() }
        ended(nil)
    }
}

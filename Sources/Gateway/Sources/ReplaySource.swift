import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// `replay:FILE`: a log in its own time, once or again and again.
final class ReplaySource: Source {
    let description: String
    private let endpoint: any ClientEndpoint
    private let pacer: ReplayPacer
    private let hub: Hub
    private var attempt: (any ConnectAttempt)?
    private var stream: ReplayStream?

    init(_ description: String, _ endpoint: any ClientEndpoint, _ pacer: ReplayPacer, _ hub: Hub) {
        self.description = description
        self.endpoint = endpoint
        self.pacer = pacer
        self.hub = hub
    }

    func start() {
        guard let device = hub.device(description, from: description) else { return }
        attempt = endpoint.connect(on: hub.reactor) { [weak self] _ in
            guard let self else { return nil }
            hub.change(device, isPresent: true, state: "replaying")
            let inner = SourceStream(hub, device) { [weak self] _ in
                self?.hub.change(device, isPresent: false, state: "the log is over")
            }
            let stream = ReplayStream(pacer, to: inner)
            self.stream = stream
            return stream
        } completion: { [weak self] result in
            guard let self, case .failure(let error) = result else { return }
            hub.reactor.log(.error, "\(description): \(error)")
            hub.change(device, isPresent: false, state: "\(error)")
        }
    }

    func stop() {
        attempt?.cancel()
        stream?.stop()
        stream = nil
    }
}

import FairleadEngine
import FairleadWire

/// Any endpoint that sends sentences, connected to again whenever it is lost.
final class StreamSource: Source {
    let description: String
    private let hub: Hub
    private let endpoint: any ClientEndpoint
    private var link: Reconnecting?
    /// What was last said of a failure, so that it is not said again and again.
    private var lastWords = ""

    init(_ description: String, _ endpoint: any ClientEndpoint, _ hub: Hub) {
        self.description = description
        self.endpoint = endpoint
        self.hub = hub
    }

    func start() {
        let link = Reconnecting(endpoint, on: hub.reactor, BackOff(maximum: .seconds(10))) {
            [weak self] _ in self?.open()
        }
        link.failed = { [weak self] reason, _ in self?.failed("\(reason)") }
        link.start()
        self.link = link
    }

    func stop() {
        link?.stop()
        link = nil
    }

    private func open() -> (any StreamProtocol)? {
        guard let device = hub.device(description, from: description) else { return nil }
        hub.change(device, isPresent: true, state: "connected")
        lastWords = ""
        return SourceStream(hub, device)
    }

    private func failed(_ reason: String) {
        guard let device = hub.device(description, from: description) else { return }
        hub.change(device, isPresent: false, state: reason)
        if reason != lastWords { hub.reactor.log(.warning, "\(description): \(reason)") }
        lastWords = reason
    }
}

import FairleadEngine
import FairleadWire

/// Any endpoint that sends sentences, connected to again whenever it is lost.
final class StreamSource: Source {
    let description: String
    private let link: SourceLink

    /// - Parameter canWrite: whether what is written reaches the device.
    init(
        _ description: String, _ endpoint: any ClientEndpoint, canWrite: Bool, _ hub: Hub
    ) {
        self.description = description
        link = SourceLink(description, endpoint, on: hub.reactor) { reason in
            guard let device = hub.device(description, from: description) else { return }
            hub.change(device, isPresent: false, state: reason)
        } _: { _ in
            guard let device = hub.device(description, from: description) else { return nil }
            hub.change(device, isPresent: true, state: "connected")
            return SourceStream(hub, device, canWrite: canWrite)
        }
    }

    func start() { link.start() }
    func stop() { link.stop() }
}

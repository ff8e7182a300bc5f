import FairleadDevices
import FairleadEngine
import FairleadWire

/// `serial:PATH`: one device, kept attached under whatever node it comes back.
final class SerialSource: Source {
    let description: String
    private let hub: Hub
    private let attachment: DeviceAttachment
    private let feed: SerialFeed

    init(
        _ description: String, _ target: AttachmentTarget, _ parts: SourceParts,
        _ options: AttachmentOptions
    ) {
        self.description = description
        hub = parts.hub
        let feed = SerialFeed(parts.hub, source: description)
        self.feed = feed
        attachment = DeviceAttachment(
            target, on: parts.monitor, reactor: parts.hub.reactor, memory: parts.memory,
            options: options
        ) { transport in feed.open(transport) }
        attachment.stateChanged = { [weak self] state in
            guard let self else { return }
            self.feed.changed(state, node: self.attachment.node ?? "\(target)")
        }
    }

    func start() { attachment.start() }
    func stop() { attachment.stop() }
}

/// `serial:auto`: every device that may be a receiver, now and later.
final class EverySerialSource: Source {
    let description: String
    private let every: EveryReceiver
    private let feed: SerialFeed

    init(_ description: String, _ parts: SourceParts, _ options: AttachmentOptions) {
        self.description = description
        let feed = SerialFeed(parts.hub, source: description)
        self.feed = feed
        every = EveryReceiver(
            on: parts.monitor, reactor: parts.hub.reactor, memory: parts.memory, options: options
        ) { _ in { transport in feed.open(transport) } }
        every.stateChanged = { attachment in
            guard let node = attachment.node else { return }
            feed.changed(attachment.state, node: node)
        }
    }

    func start() { every.start() }
    func stop() { every.stop() }
}

/// What the openings of serial devices have in common.
private final class SerialFeed {
    private let hub: Hub
    private let source: String

    init(_ hub: Hub, source: String) {
        self.hub = hub
        self.source = source
    }

    func open(_ transport: any Transport) -> (any StreamProtocol)? {
        guard case .device(let path) = transport.peerAddress,
            let device = hub.device(path, from: source)
        else { return nil }
        return SourceStream(hub, device)
    }

    func changed(_ state: AttachmentState, node: String) {
        guard let device = hub.device(node, from: source) else { return }
        switch state {
        case .running(let settings), .repeating(let settings):
            hub.change(
                device, isPresent: true, state: "\(state)", speed: Int(settings.baud))
        default: hub.change(device, isPresent: false, state: "\(state)")
        }
    }
}

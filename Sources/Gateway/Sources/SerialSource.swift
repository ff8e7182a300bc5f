import FairleadDevices
import FairleadEngine
import FairleadWire

/// `serial:PATH`: one device, kept attached under whatever node it comes back.
///
/// It is known by the path that was given, which may be a link.
final class SerialSource: Source {
    let description: String
    private let attachment: DeviceAttachment

    init(
        _ description: String, path: String, _ parts: SourceParts, _ options: AttachmentOptions
    ) {
        self.description = description
        let feed = SerialFeed(parts.hub, source: description)
        attachment = DeviceAttachment(
            .path(path), on: parts.monitor, reactor: parts.hub.reactor, memory: parts.memory,
            options: options
        ) { _ in feed.open(path) }
        attachment.stateChanged = { state in feed.changed(state, path) }
    }

    func start() { attachment.start() }
    func stop() { attachment.stop() }
}

/// `serial:auto`: every device that may be a receiver, now and later.
///
/// Each is known by the node that it has.
final class EverySerialSource: Source {
    let description: String
    private let every: EveryReceiver

    init(_ description: String, _ parts: SourceParts, _ options: AttachmentOptions) {
        self.description = description
        let feed = SerialFeed(parts.hub, source: description)
        weak var all: EveryReceiver?
        every = EveryReceiver(
            on: parts.monitor, reactor: parts.hub.reactor, memory: parts.memory, options: options
        ) { device in
            { _ in feed.open(all?.attachments[device.identity]?.node ?? device.node) }
        }
        all = every
        every.stateChanged = { attachment in
            guard let node = attachment.node else { return }
            feed.changed(attachment.state, node)
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

    func open(_ name: String) -> (any StreamProtocol)? {
        hub.device(name, from: source).map { SourceStream(hub, $0, canWrite: true) }
    }

    func changed(_ state: AttachmentState, _ name: String) {
        guard let device = hub.device(name, from: source) else { return }
        switch state {
        case .running(let settings), .repeating(let settings):
            hub.change(device, isPresent: true, state: "\(state)", speed: Int(settings.baud))
        default: hub.change(device, isPresent: false, state: "\(state)")
        }
    }
}

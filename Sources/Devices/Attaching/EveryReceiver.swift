import FairleadEngine
import FairleadWire

/// Attaches every device that may be a receiver, now and later.
///
/// One that is pulled stays on the list, absent, and is attached again when it is back.
public final class EveryReceiver {
    /// Makes what gets the bytes of one device.
    public typealias Factory = (SerialDevice) -> StreamFactory

    /// What is attached or awaited.
    public private(set) var attachments: [DeviceIdentity: DeviceAttachment] = [:]
    /// Called after each change of state of any of them.
    public var stateChanged: ((DeviceAttachment) -> Void)?

    private let monitor: DeviceMonitor
    private let reactor: Reactor
    private let memory: SpeedMemory
    private let options: AttachmentOptions
    private let factory: Factory
    private var observation: DeviceObservation?

    public init(
        on monitor: DeviceMonitor, reactor: Reactor, memory: SpeedMemory,
        options: AttachmentOptions = AttachmentOptions(), _ factory: @escaping Factory
    ) {
        self.monitor = monitor
        self.reactor = reactor
        self.memory = memory
        self.options = options
        self.factory = factory
    }

    /// Attaches what is there and waits for more.
    public func start() {
        guard observation == nil else { return }
        observation = monitor.observe { [weak self] change in
            if case .added(let device) = change { self?.attach(device) }
        }
        for device in monitor.devices { attach(device) }
    }

    /// Lets all go.
    public func stop() {
        observation?.cancel()
        observation = nil
        for attachment in attachments.values { attachment.stop() }
        attachments = [:]
    }

    private func attach(_ device: SerialDevice) {
        guard device.kind.mayBeReceiver, attachments[device.identity] == nil,
            // One that has another identity since it has a twin is attached already.
            !attachments.values.contains(where: { $0.isOpen && $0.node == device.node })
        else { return }
        let attachment = DeviceAttachment(
            .identity(device.identity), on: monitor, reactor: reactor, memory: memory,
            options: options, factory(device))
        attachment.stateChanged = { [weak self, weak attachment] _ in
            if let attachment { self?.stateChanged?(attachment) }
        }
        attachments[device.identity] = attachment
        attachment.start()
    }
}

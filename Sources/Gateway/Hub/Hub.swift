// The middle: sources tell it what devices say, it keeps the newest of each, chooses which one is
// "the position", and tells every outlet once. It must never know what a source or an outlet is
// connected to, nor encode anything: an outlet does that, once for all of its clients.

import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// What all sources feed and all outlets hear.
public final class Hub {
    /// The most devices that are known at a time; further ones are refused.
    public static let maximumDevices = 64

    public let reactor: Reactor
    /// In the order in which they were first heard of.
    public private(set) var devices: [GatewayDevice] = []
    /// The newest choice; nil before the first.
    public private(set) var position: Fix?
    /// When that was chosen, by the clock that nobody sets.
    public private(set) var positionInstant: Instant?
    /// The device that the position is from; nil while none has one.
    public var chosenDevice: String? { selector.chosen }

    private(set) var outlets: [any Outlet] = []
    private var selector: FixSelector
    private var timer: Timer?
    private var isStopped = false
    private var isInChunk = false
    /// Epochs of this chunk, among which the choice is still to be made.
    private var undecided: [Fix] = []

    /// A hub in which some devices come before all others, the first first.
    public init(on reactor: Reactor, preferred: [String] = []) {
        self.reactor = reactor
        selector = FixSelector(preferred: preferred)
    }

    /// Tells an outlet everything from now on, and of the devices that there are.
    public func add(_ outlet: any Outlet) {
        outlets.append(outlet)
        for device in devices { outlet.deviceChanged(device) }
    }

    /// Closes an outlet and tells it nothing any more.
    func remove(_ outlet: any Outlet) {
        outlets.removeAll { $0 === outlet }
        outlet.stop()
    }

    /// The devices that come before all others from now on.
    func prefer(_ names: [String]) { selector.preferred = names }

    /// The devices of a source are gone for good.
    func forget(source: String) {
        for device in devices where device.source == source {
            change(device, isPresent: false, state: "no longer a source")
        }
        devices.removeAll { $0.source == source }
    }

    /// Closes all outlets.
    public func stop() {
        isStopped = true
        timer?.cancel()
        timer = nil
        for outlet in outlets { outlet.stop() }
        outlets = []
    }

    /// The device of a name; nil for one that was never heard of.
    public func device(_ name: String) -> GatewayDevice? { devices.first { $0.name == name } }

    // MARK: What sources tell

    /// The device of a name; nil when there are too many.
    func device(_ name: String, from source: String, isSimulated: Bool = false) -> GatewayDevice? {
        if let known = device(name) { return known }
        guard devices.count < Self.maximumDevices else {
            reactor.log(.warning, "\(name): more than \(Self.maximumDevices) devices")
            return nil
        }
        let device = GatewayDevice(name, source: source, isSimulated: isSimulated)
        devices.append(device)
        return device
    }

    /// A device stands otherwise than before.
    func change(_ device: GatewayDevice, isPresent: Bool, state: String, speed: Int? = nil) {
        let isNews =
            device.isPresent != isPresent || device.state != state || device.speed != speed
        (device.isPresent, device.state, device.speed) = (isPresent, state, speed)
        if isNews { tellChange(device) }
        if !isPresent { lose(device) }
    }

    func received(_ batch: SentenceBatch, from device: GatewayDevice, at time: UTCTime?) {
        device.lastHeard = time
        device.lastHeardInstant = reactor.now
        for outlet in outlets { outlet.received(batch, from: device) }
    }

    func received(_ event: PositioningEvent, from device: GatewayDevice) {
        // Who waits for this very device does not wait for the choice among all.
        for outlet in outlets { outlet.received(event, from: device) }
        note(event, of: device)
        switch event {
        case .position(let fix), .noFix(let fix): undecided.append(fix)
        case .identity: tellChange(device)
        default: break
        }
        if !isInChunk { decide() }
    }

    /// Keeps the newest of each thing.
    private func note(_ event: PositioningEvent, of device: GatewayDevice) {
        switch event {
        case .position(let fix):
            (device.epoch, device.position) = (fix, fix)
            device.epochInstant = reactor.now
        case .noFix(let fix):
            device.epoch = fix
            device.epochInstant = reactor.now
        case .satellites(let sky): device.sky = sky
        case .heading(let heading): device.heading = heading
        case .identity(let identity): device.identity = identity
        case .movement, .time: break
        }
    }

    /// A source tells what came with one chunk of bytes, from here to `endChunk`.
    func beginChunk() { isInChunk = true }

    /// That was all of it: it is written, and then the position is chosen.
    func endChunk() {
        isInChunk = false
        decide()
    }

    private func decide() {
        for outlet in outlets { outlet.flush() }
        if undecided.isEmpty { return }
        let fixes = undecided
        undecided = []
        for fix in fixes { choose(fix) }
    }

    private func tellChange(_ device: GatewayDevice) {
        for outlet in outlets { outlet.deviceChanged(device) }
    }

    // MARK: The position

    private func choose(_ fix: Fix) {
        tell(selector.take(fix, at: reactor.now))
    }

    /// A device that is gone has no position any more.
    private func lose(_ device: GatewayDevice) {
        guard device.epoch != nil else { return }
        device.epoch = nil
        var lost = Fix()
        lost.device = device.name
        choose(lost)
    }

    private func tell(_ fix: Fix?) {
        // Sources may end after it.
        if isStopped { return }
        if let fix {
            position = fix
            positionInstant = reactor.now
            for outlet in outlets { outlet.positionChosen(fix) }
        }
        guard let deadline = selector.deadline else {
            timer?.cancel()
            return
        }
        let delay = deadline.since(reactor.now) + .milliseconds(1)
        if let timer {
            timer.reset(after: delay)
        } else {
            timer = reactor.after(delay) { [weak self] in self?.expire() }
        }
    }

    private func expire() { tell(selector.expire(at: reactor.now)) }
}

// One device, kept attached: found, opened, its speed found, watched, and when it goes, awaited,
// under whatever name it comes back. One loop leads through all of it:
//
//   look -> open -> (detect) -> run -> lost -> look …
//
// and each way in which a step can fail is a state with a name, from which a timer leads back to
// `look`; a change in the folder, or of the list of devices, leads there at once. No failure is
// final and none stops anything else. It must never write to the device, nor know what its bytes
// mean beyond "a receiver's or not". Delivery is a protocol of its own for each opening, so that
// half a sentence before a pull cannot meet the rest of another one after it.
import FairleadEngine
import FairleadWire
import Glibc

/// Keeps one serial device attached, over pulls, wrong speeds and whatever else may be.
public final class DeviceAttachment {
    /// How it stands.
    public private(set) var state = AttachmentState.stopped
    /// Called after each change of state.
    public var stateChanged: ((AttachmentState) -> Void)?
    /// The node that is open or was last.
    public private(set) var node: String?
    /// The device that is open or was last, where the list of devices knows it.
    public private(set) var identity: DeviceIdentity?
    public let target: AttachmentTarget

    let reactor: Reactor
    let monitor: DeviceMonitor
    let options: AttachmentOptions
    private let memory: SpeedMemory
    private let factory: StreamFactory
    private let log: PacedLog

    private var isStarted = false
    private var attempt: (any ConnectAttempt)?
    private var link: AttachmentLink?
    private var retry: Timer?
    private var check: Timer?
    private var watch: FolderWatch?
    private var observation: DeviceObservation?
    private var failures = 0
    private var lastLook: Instant?
    /// Since when there has been something to open.
    private var presentSince: Instant?
    /// What was said again and again before the device was opened anew.
    private var repetition: Repetition?
    /// Whether the last round over all speeds was in vain.
    private var isPatient = false

    /// Changes come in crowds: no look follows another sooner.
    private var breath = DeviceAttachment.shortestBreath
    private static let shortestBreath = Duration.milliseconds(10)
    private static let longestBreath = Duration.milliseconds(160)
    /// How long udev may take to give a new node its permissions.
    private static let grace = Duration.seconds(2)

    /// - Parameters:
    ///   - factory: makes the protocol for each opening, which gets the device's bytes.
    ///   - log: at most one line a second; the reactor's unless given.
    public init(
        _ target: AttachmentTarget, on monitor: DeviceMonitor, reactor: Reactor,
        memory: SpeedMemory, options: AttachmentOptions = AttachmentOptions(),
        log: LogHandler? = nil, _ factory: @escaping StreamFactory
    ) {
        self.target = target
        self.monitor = monitor
        self.reactor = reactor
        self.memory = memory
        self.options = options
        self.factory = factory
        self.log = PacedLog(on: reactor, log ?? reactor.log)
    }

    /// Whether the line is open now.
    public var isOpen: Bool { link?.settings != nil }

    /// Begins to look for the device; does nothing when that has begun.
    public func start() {
        guard !isStarted else { return }
        isStarted = true
        observation = monitor.observe { [weak self] _ in self?.nudge() }
        look()
    }

    /// Lets the device go.
    public func stop() {
        guard isStarted else { return }
        isStarted = false
        observation?.cancel()
        letGo()
        endWatch()
        attempt?.cancel()
        attempt = nil
        link?.end(.closedByUs)
        link = nil
        monitor.release(self)
        enter(.stopped)
        log.finish()
    }

    private func letGo() {
        retry?.cancel()
        retry = nil
        check?.cancel()
        check = nil
    }

    private func endWatch() {
        watch?.cancel()
        watch = nil
    }

    // MARK: States

    func enter(_ new: AttachmentState) {
        // A further attempt is no news until something comes of it.
        if new.isStep, state.isLineTrouble || state.isOpeningTrouble { return }
        if new == state { return }
        state = new
        defer { stateChanged?(new) }
        // Steps are of no interest to a log, and would use up its one line a second.
        if new.isStep { return }
        let name = node.map { $0 == target.description ? $0 : "\(target) (\($0))" }
        log.log(new.level, "\(name ?? target.description): \(new)")
    }

    /// Goes into a state from which only another look leads out, after a pause or a change.
    private func wait(_ new: AttachmentState) {
        guard isStarted else { return }
        letGo()
        enter(new)
        if new == .absent { presentSince = nil } else { failures += 1 }
        let pause =
            failures == 0
            ? options.interval : options.backOff.pause(after: failures, &reactor.random)
        retry = reactor.after(pause) { [weak self] in self?.look() }
        watchFolder()
    }

    private func watchFolder() {
        guard case .path(let path) = target else { return }
        let folder = parentFolder(of: path)
        if watch?.folder == FolderWatch.nearest(folder, reactor.kernel) { return }
        endWatch()
        // Without it, a change is seen at the next look.
        watch = try? FolderWatch(folder, on: reactor) { [weak self] in self?.nudge() }
    }

    /// Something has changed that may be what is waited for.
    private func nudge() {
        guard isStarted, attempt == nil, link == nil else { return }
        let due = (lastLook ?? reactor.now) + breath
        // In a folder where much is going on each look is a little later than the last.
        breath = min(breath * 2, Self.longestBreath)
        if let retry, retry.isPending, retry.deadline <= due { return }
        retry?.cancel()
        retry = reactor.after(due.since(reactor.now)) { [weak self] in self?.look() }
    }

    // MARK: Look and open

    private func look() {
        guard isStarted, attempt == nil, link == nil else { return }
        letGo()
        lastLook = reactor.now
        guard let path = locate() else {
            failures = 0
            return wait(.absent)
        }
        let real = reactor.kernel.realPath(of: path) ?? path
        node = real
        guard let status = reactor.kernel.status(of: real) else { return wait(.absent) }
        if let unsuitable = AttachmentState.Unsuitable(status.kind) {
            return wait(.unsuitable(unsuitable))
        }
        if presentSince == nil { presentSince = reactor.now }
        open(path)
    }

    private func open(_ path: String) {
        let device = monitor.device(at: path)
        identity = device?.identity ?? identityByName(path)
        if let device { monitor.claim(device.identity, by: self) }
        enter(.opening)
        let plan =
            options.settings == nil
            ? options.plan.beginning(with: identity.flatMap { memory.settings(for: $0) }) : nil
        let first = options.settings ?? plan?.candidates.first ?? SerialSettings()
        let link = AttachmentLink(
            reactor, plan: plan, isPatient: isPatient, expectsReceiver: options.expectsReceiver,
            repetition: repetition, factory
        ) { [weak self] link, event in
            if self?.link === link { self?.happened(event) }
        }
        self.link = link
        attempt = reactor.openSerial(path, SerialOptions(first)) { [weak self] _ in
            self?.link === link ? link : nil
        } completion: { [weak self] result in
            guard let self else { return }
            // Also when it was given up while it was being opened, or nothing would be tried again.
            attempt = nil
            guard self.link === link, case .failure(let error) = result else { return }
            self.link = nil
            monitor.release(self)
            openingFailed(error, path)
        }
    }

    /// A device that the list does not know is remembered by its name.
    private func identityByName(_ path: String) -> DeviceIdentity {
        DeviceIdentity(text: "path-\(path)")
    }

    private func openingFailed(_ error: ConnectError, _ path: String) {
        guard case .failed(let failures) = error.cause, let cause = failures.first?.error else {
            return wait(.failed("\(error)"))
        }
        switch cause.code {
        case ENOENT, ENXIO, ENODEV, EIO: wait(.absent)
        case EACCES, EPERM: permissionDenied(path)
        case EBUSY: wait(.busy(cause.call))
        case ENOTTY, EINVAL: wait(.unsuitable(.notATerminal))
        case EISDIR: wait(.unsuitable(.folder))
        default: wait(.failed("\(cause)"))
        }
    }

    /// A node that has just been made gets its permissions a moment later.
    private func permissionDenied(_ path: String) {
        let isFresh = presentSince.map { reactor.now.since($0) < Self.grace } ?? false
        if isFresh, state == .opening {
            retry = reactor.after(.milliseconds(100)) { [weak self] in self?.look() }
            return
        }
        wait(.denied(SystemTree(kernel: reactor.kernel).access(to: path)))
    }

    // MARK: What the link tells

    private func happened(_ event: AttachmentLink.Event) {
        guard isStarted else { return }
        switch event {
        case .opened(let settings):
            if state.isOpeningTrouble || state == .absent { state = .opening }
            breath = Self.shortestBreath
            endWatch()
            check = reactor.every(.seconds(1)) { [weak self] in self?.checkHealth() }
            if options.settings != nil { enter(.listening(settings)) }
        case .trying(let settings): enter(.detecting(settings))
        case .nothingFound(let heard):
            if heard.tried == 0 { return giveUp(.failed("the line takes no settings")) }
            isPatient = heard.bytes > 0
            giveUp(heard.isFlood ? .flooding : heard.bytes > 0 ? .noise : .silent)
        case .proven(let settings): proven(settings)
        case .heard:
            if options.expectsReceiver, link?.health.isFlooding == true { giveUp(.flooding) }
        case .lost(let reason): lost(reason)
        }
    }

    private func proven(_ settings: SerialSettings) {
        isPatient = false
        if case .repeating = state {
            // Whether it still says the same shows later.
        } else {
            failures = 0
            enter(.running(settings))
        }
        guard options.settings == nil, let identity else { return }
        do throws(SystemError) {
            try memory.remember(settings, for: identity)
        } catch {
            log.log(.warning, "\(target): its speed cannot be remembered: \(error)")
        }
    }

    private func checkHealth() {
        guard options.expectsReceiver, let link, !link.isDetecting, let settings = link.settings
        else { return }
        let now = reactor.now
        if now.since(link.health.lastByte) >= options.patience { return giveUp(.silent) }
        if now.since(link.health.lastValid) >= options.patience { return giveUp(.noise) }
        if link.health.isRepeating(for: options.patience, at: now) {
            stuck(settings)
        } else if case .repeating = state {
            failures = 0
            repetition = nil
            retry?.cancel()
            enter(.running(settings))
        }
    }

    /// It says the same for ever: still handed on, and opened anew after a pause, which helps some.
    private func stuck(_ settings: SerialSettings) {
        enter(.repeating(settings))
        repetition = link?.health.repetition
        if retry?.isPending == true { return }
        failures += 1
        let pause = options.backOff.pause(after: failures, &reactor.random)
        retry = reactor.after(pause + options.patience) { [weak self] in
            guard let self, case .repeating = state else { return }
            let link = link
            self.link = nil
            link?.end(.timedOut(state.name))
            look()
        }
    }

    /// The line is open and useless: closed, and tried again after a pause.
    private func giveUp(_ new: AttachmentState) {
        let link = link
        self.link = nil
        link?.end(.timedOut(new.name))
        monitor.release(self)
        wait(new)
    }

    private func lost(_ reason: Disconnect) {
        guard let link else { return }
        self.link = nil
        monitor.release(self)
        failures = link.isProven ? 0 : failures + 1
        switch reason {
        case .hangUp, .closedByPeer:
            // Gone, most likely: what is true shows at once.
            wait(.absent)
            if failures == 0 { nudge() }
        default: wait(.failed("\(reason)"))
        }
    }
}

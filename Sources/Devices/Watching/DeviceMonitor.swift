// Hot-plug as reactor events. Where udev runs, its monitor tells when the rules are through with
// a device: links and permissions are then as they shall be. Where there is none, the folder of
// device files is watched. That folder is watched beside udev, too: udev may be visible and yet
// mute (its events do not reach a container with a network of its own), which shows when the
// folder changes and udev says nothing; then the folder is believed. Whatever tells, the list
// is read anew and compared, so that no lost or double event can leave a wrong list. It must
// never open a device.
import FairleadEngine
import FairleadWire

/// Keeps the list of serial devices up to date, and tells of each change.
public final class DeviceMonitor {
    /// Where the events come from.
    public enum Way: String, Hashable, Sendable {
        case udev
        case folder
    }

    /// The devices as last seen.
    public private(set) var devices: [SerialDevice] = []
    /// Where events come from; nil while nothing is watched.
    public private(set) var way: Way?
    /// Where it says how it watches.
    public var log: LogHandler
    /// How long udev may take over a change in the folder before it is taken for mute.
    public var patience = Duration.seconds(10)

    private let reactor: Reactor
    private let folders: DeviceFolders
    private let tree: SystemTree
    private var source: any DeviceSource
    private var udev: UdevWatch?
    private var folder: FolderWatch?
    private var rescan: Timer?
    private var doubt: Timer?
    private var observations: [DeviceObservation] = []
    /// The terminals that there were when the list was read: they tell whether udev is mute.
    private var known: Set<String> = []
    /// Who has or tries which device.
    private var claims: [ObjectIdentifier: DeviceIdentity] = [:]

    /// What comes together within this time is one change.
    private static let settling = Duration.milliseconds(50)

    public init(
        on reactor: Reactor, _ folders: DeviceFolders = DeviceFolders(), log: LogHandler? = nil
    ) {
        self.reactor = reactor
        self.folders = folders
        self.log = log ?? reactor.log
        tree = SystemTree(folders, kernel: reactor.kernel)
        source = tree
    }

    /// Reads the list and begins to watch; does nothing when that has begun.
    public func start() {
        guard way == nil else { return }
        watchFolder()
        if let source = UdevSource(folders, kernel: reactor.kernel) {
            startUdev(source)
        } else {
            useFolder("there is no udev here")
        }
        read()
    }

    /// Ends the watch; the list stays as it is.
    public func stop() {
        way = nil
        udev?.cancel()
        udev = nil
        folder?.cancel()
        folder = nil
        rescan?.cancel()
        doubt?.cancel()
    }

    /// Calls `told` with each change from now on, until the observation is cancelled.
    public func observe(_ told: @escaping (DeviceChange) -> Void) -> DeviceObservation {
        let observation = DeviceObservation(told)
        observations.removeAll { !$0.isActive }
        observations.append(observation)
        return observation
    }

    /// The device with this identity, while it is plugged in.
    public func device(_ identity: DeviceIdentity) -> SerialDevice? {
        devices.first { $0.identity == identity }
    }

    /// The device that a path, a node or a link, leads to.
    public func device(at path: String) -> SerialDevice? {
        if let device = devices.first(where: { $0.isCalled(path) }) { return device }
        let node = reactor.kernel.realPath(of: path)
        return devices.first { $0.node == node }
    }

    // MARK: Claims

    /// Notes that an attachment has, or tries, a device.
    func claim(_ identity: DeviceIdentity, by attachment: DeviceAttachment) {
        claims[ObjectIdentifier(attachment)] = identity
    }

    /// Notes that it has not any more.
    func release(_ attachment: DeviceAttachment) {
        claims.removeValue(forKey: ObjectIdentifier(attachment))
    }

    /// Whether another attachment has it.
    func isClaimed(_ identity: DeviceIdentity, byOtherThan attachment: DeviceAttachment) -> Bool {
        claims.contains { $0.value == identity && $0.key != ObjectIdentifier(attachment) }
    }

    // MARK: Ways

    private func startUdev(_ source: UdevSource) {
        do {
            udev = try UdevWatch(source, on: reactor) { [weak self] in
                guard let self else { return }
                doubt?.cancel()
                if way == .folder { use(source) }
                rescanSoon()
            }
            use(source)
        } catch {
            useFolder("udev cannot be asked: \(error)")
        }
    }

    private func use(_ source: UdevSource) {
        self.source = source
        way = .udev
        log(.info, "devices: udev tells when devices come and go")
    }

    /// From now on the folder is believed; should udev say something yet, it is believed again.
    private func useFolder(_ reason: String) {
        source = tree
        way = .folder
        if folder == nil {
            log(.warning, "devices: \(reason), and \(folders.devices) cannot be watched")
        } else {
            log(.info, "devices: \(reason); watching \(folders.devices) instead")
        }
    }

    private func watchFolder() {
        do {
            folder = try FolderWatch(folders.devices, on: reactor) { [weak self] in
                self?.folderChanged()
            }
        } catch {
            log(.warning, "devices: \(error)")
        }
    }

    private func folderChanged() {
        if way == .udev { doubtUdev() } else { rescanSoon() }
    }

    /// The folder has changed: udev should say so, too. Each change has its own time for that.
    private func doubtUdev() {
        if let doubt, doubt.isPending { return doubt.reset(after: patience) }
        doubt = reactor.after(patience) { [weak self] in
            guard let self, way == .udev else { return }
            guard Set(tree.terminals()) != known else { return }
            useFolder("udev says nothing of devices that come and go")
            scan()
        }
    }

    // MARK: The list

    private func rescanSoon() {
        if rescan?.isPending == true { return }
        rescan = reactor.after(Self.settling) { [weak self] in self?.scan() }
    }

    private func read() {
        known = Set(tree.terminals())
        devices = source.devices()
    }

    /// Reads the list and tells what has changed.
    private func scan() {
        let old = devices
        read()
        observations.removeAll { !$0.isActive }
        for change in DeviceChange.between(old, devices) {
            log(.debug, "devices: \(change)")
            for observation in observations { observation.tell(change) }
        }
    }
}

/// One who is told of changes.
public final class DeviceObservation {
    private var told: ((DeviceChange) -> Void)?

    init(_ told: @escaping (DeviceChange) -> Void) {
        self.told = told
    }

    var isActive: Bool { told != nil }

    func tell(_ change: DeviceChange) { told?(change) }

    /// Makes sure that nothing is told any more.
    public func cancel() { told = nil }
}

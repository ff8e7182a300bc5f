// Opening a serial line: the steps that may block (a USB adapter answers in milliseconds, a broken
// one in seconds), made on a worker thread so that no device ever holds the loop. What comes out
// is an open, locked and set line; whoever takes it over gives the settings back at the end.
import FairleadWire
import Glibc
import Synchronization

/// How a serial line is opened.
public struct SerialOptions: Hashable, Sendable {
    public var settings: SerialSettings
    /// Nobody else may use the line meanwhile (`TIOCEXCL` and `flock`).
    public var exclusive = true
    /// The settings found are restored when the line is closed.
    public var restoresSettings = true
    /// How long the opening may take.
    public var timeout: Duration = .seconds(15)

    public init(_ settings: SerialSettings = SerialSettings()) {
        self.settings = settings
    }
}

/// An open line on its way to its transport. If nobody takes it over, it is closed again.
final class SerialLine: Sendable {
    /// What the line was like before, and must be again.
    struct Found: Sendable {
        /// The settings; nil where they are not to be restored.
        let state: LineState?
        /// Whether we have claimed the line for ourselves.
        let isClaimed: Bool

        func giveBack(_ descriptor: Int32, by kernel: any Kernel) {
            if let state { _ = kernel.restoreLine(descriptor, to: state) }
            if isClaimed { _ = kernel.setLineExclusive(descriptor, false) }
        }
    }

    let descriptor: Int32
    let found: Found
    /// What the driver has made of the settings asked for.
    let actual: SerialSettings
    private let isTaken = Atomic(false)
    /// For closing on whatever thread the last reference goes.
    private let makeKernel: (@Sendable () -> any Kernel)?

    private init(
        _ descriptor: Int32, _ found: Found, actual: SerialSettings,
        _ makeKernel: (@Sendable () -> any Kernel)?
    ) {
        self.descriptor = descriptor
        self.found = found
        self.actual = actual
        self.makeKernel = makeKernel
    }

    /// Gives the descriptor to its new owner.
    func take() -> Int32 {
        isTaken.store(true, ordering: .relaxed)
        return descriptor
    }

    deinit {
        guard !isTaken.load(ordering: .relaxed), let kernel = makeKernel?() else { return }
        found.giveBack(descriptor, by: kernel)
        kernel.close(descriptor)
    }

    /// Opens, claims and sets the line.
    ///
    /// - Parameter makeKernel: makes a kernel on any thread, where `kernel` is not the reactor's.
    static func open(
        _ path: String, _ options: SerialOptions, by kernel: any Kernel,
        _ makeKernel: (@Sendable () -> any Kernel)?
    ) throws(SystemError) -> SerialLine {
        let number = try openTerminal(path, kernel)
        let owner = Descriptor(number, of: kernel)
        let found: LineState
        switch kernel.lineState(of: number) {
        case .success(let state): found = state
        case .failure(let error): throw SystemError(error.code, "\(path) as a serial line")
        }
        if options.exclusive { try claim(number, path, kernel) }
        let given = Found(
            state: options.restoresSettings ? found : nil, isClaimed: options.exclusive)
        let result = kernel.setLine(number, to: options.settings)
        if !result.isSuccess { given.giveBack(number, by: kernel) }
        _ = try result.get("set \(path)")
        let actual = kernel.lineSettings(of: number) ?? options.settings
        guard isClose(actual.baud, options.settings.baud) else {
            given.giveBack(number, by: kernel)
            throw SystemError(
                EINVAL, "\(options.settings.baud) baud on \(path), which made it \(actual.baud)")
        }
        return SerialLine(owner.release(), given, actual: actual, makeKernel)
    }

    private static func openTerminal(_ path: String, _ kernel: any Kernel) throws(SystemError)
        -> Int32
    {
        let result = uninterrupted { kernel.openLine(path) }
        if result.isSuccess { return try result.descriptor("open") }
        switch result.code {
        case EBUSY: throw busy(path, kernel)
        case EACCES, EPERM:
            let owner = kernel.groupName(of: path).map { ", which the group \($0) may use" } ?? ""
            throw SystemError(result.code, "open \(path)\(owner)")
        default: throw SystemError(result.code, "open \(path)")
        }
    }

    /// Lock first: it tells apart a living user from the mark that a dead one has left.
    private static func claim(_ number: Int32, _ path: String, _ kernel: any Kernel)
        throws(SystemError)
    {
        let lock = kernel.lockLine(number)
        if !lock.isSuccess, lock.code != ENOSYS, lock.code != ENOTSUP { throw busy(path, kernel) }
        if kernel.isLineExclusive(number).rawValue > 0, !kernel.holders(of: path).isEmpty {
            throw busy(path, kernel)
        }
        _ = try kernel.setLineExclusive(number, true).get("exclusive use of \(path)")
    }

    private static func busy(_ path: String, _ kernel: any Kernel) -> SystemError {
        let holders = kernel.holders(of: path).map(\.description).joined(separator: ", ")
        let user = holders.isEmpty ? "another process" : holders
        return SystemError(EBUSY, "open \(path), in use by \(user)")
    }

    /// UARTs divide a clock: 3 % off is what a frame of ten bits survives.
    private static func isClose(_ actual: Int, _ wanted: Int) -> Bool {
        abs(actual - wanted) * 100 <= wanted * 3
    }
}

import FairleadWire
import Glibc

/// A program to start.
public struct SpawnRequest: Hashable, Sendable {
    /// A path, or a name that is looked for in PATH.
    public var program: String
    /// The arguments, without the program's own name.
    public var arguments: [String]
    /// `NAME=value` each; nil: ours.
    public var environment: [String]?
    public var folder: String?
    /// The child's descriptors 0, 1 and 2; -1 for /dev/null.
    public var standard: [Int32]
    /// The terminal that is to be all three of them and to control the child.
    public var terminal: String?

    public init(
        program: String, arguments: [String] = [], environment: [String]? = nil,
        folder: String? = nil, standard: [Int32] = [-1, -1, -1], terminal: String? = nil
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.standard = standard
        self.terminal = terminal
    }
}

/// How a process has ended.
public enum ProcessExit: Hashable, Sendable, CustomStringConvertible {
    case status(Int32)
    case signal(Int32)

    /// Whether it ended by itself with status 0.
    public var isSuccess: Bool { self == .status(0) }

    public var description: String {
        switch self {
        case .status(let code): "exit status \(code)"
        case .signal(let number): "signal \(number)"
        }
    }
}

/// The calls of a kernel that concern processes, pipes and descriptors of others.
public protocol ProcessKernel: AnyObject {
    /// A pipe: its reading and its writing end, the one of `oursReads` non-blocking.
    func makePipe(oursReads: Bool) -> Result<(reading: Int32, writing: Int32), SystemError>
    /// Starts a program; gives the process id.
    func spawn(_ request: SpawnRequest) -> SystemResult
    /// A descriptor that is readable when the process has ended.
    func processDescriptor(_ process: Int32) -> SystemResult
    /// How the process has ended, once; nil while it runs.
    func reap(_ process: Int32) -> ProcessExit?
    /// Sends a signal: kill(2).
    func sendSignal(_ number: Int32, to process: Int32) -> SystemResult
    /// What is behind an open descriptor, with the path of a terminal.
    func status(of descriptor: Int32) -> FileStatus?
    /// A descriptor of our own for what is behind one that we share with other processes.
    func borrow(_ descriptor: Int32, writable: Bool) -> Result<BorrowedDescriptor, SystemError>
    /// Puts the flags of a borrowed description back as they were.
    func giveBack(_ borrowed: BorrowedDescriptor)
    /// Lets reads and writes answer `EAGAIN` instead of waiting.
    func setNonBlocking(_ descriptor: Int32) -> SystemResult
    /// A second descriptor for the same open description.
    func duplicate(_ descriptor: Int32) -> SystemResult
}

/// A descriptor of ours for something that other processes share with us.
public struct BorrowedDescriptor: Hashable, Sendable {
    public var descriptor: Int32
    /// The flags of the shared description, where we had to change them.
    public var flags: Int32?

    public init(descriptor: Int32, flags: Int32? = nil) {
        self.descriptor = descriptor
        self.flags = flags
    }
}

extension ProcessKernel {
    public func makePipe(oursReads: Bool)
        -> Result<(reading: Int32, writing: Int32), SystemError>
    { .failure(SystemError(ENOSYS, "pipe")) }
    public func spawn(_ request: SpawnRequest) -> SystemResult { .failure(ENOSYS) }
    public func processDescriptor(_ process: Int32) -> SystemResult { .failure(ENOSYS) }
    public func reap(_ process: Int32) -> ProcessExit? { nil }
    public func sendSignal(_ number: Int32, to process: Int32) -> SystemResult {
        .failure(ENOSYS)
    }
    public func status(of descriptor: Int32) -> FileStatus? { nil }
    public func borrow(_ descriptor: Int32, writable: Bool)
        -> Result<BorrowedDescriptor, SystemError>
    { .failure(SystemError(ENOSYS, "borrow")) }
    public func giveBack(_ borrowed: BorrowedDescriptor) {}
    public func setNonBlocking(_ descriptor: Int32) -> SystemResult { .failure(ENOSYS) }
    public func duplicate(_ descriptor: Int32) -> SystemResult { .failure(ENOSYS) }
}

import FairleadWire

/// A program to start, and what it gets from us.
public struct ProcessOptions: Hashable, Sendable {
    /// Where the child's standard error goes.
    public enum StandardError: Hashable, Sendable {
        /// To ours.
        case inherited
        /// Into the same stream as its standard output.
        case merged
        /// To `ProcessProtocol.receivedError`.
        case separate
    }

    /// A path, or a name that is looked for in PATH.
    public var program: String
    public var arguments: [String]
    /// All variables of the child; nil: a copy of ours.
    public var environment: [String: String]?
    public var workingDirectory: String?
    public var standardError = StandardError.inherited
    /// The child has a terminal of its own instead of pipes; standard error goes there, too.
    public var hasTerminal = false

    public init(_ program: String, _ arguments: [String] = []) {
        self.program = program
        self.arguments = arguments
    }

    /// A command line for the shell.
    public init(shell command: String) {
        self.init("/bin/sh", ["-c", command])
    }
}

/// A connection to a child process: its standard output is received, its standard input written.
public protocol ProcessTransport: Transport {
    var processID: Int32 { get }
    /// How the process has ended; nil while it runs.
    var exit: ProcessExit? { get }
    /// Sends a signal by number to the process and what it has started; nothing after its end.
    func sendSignal(_ number: Int32)
}

/// What speaks with a child process; any other stream protocol does, too.
public protocol ProcessProtocol: StreamProtocol {
    /// Bytes of standard error, where that is separate; valid during this call only.
    func receivedError(_ bytes: Span<UInt8>, on transport: any ProcessTransport)
    /// The process has ended; called exactly once, before `connectionLost`.
    func processExited(_ exit: ProcessExit, on transport: any ProcessTransport)
}

extension ProcessProtocol {
    public func receivedError(_ bytes: Span<UInt8>, on transport: any ProcessTransport) {}
    public func processExited(_ exit: ProcessExit, on transport: any ProcessTransport) {}
}

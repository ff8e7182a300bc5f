import FairleadWire
import Glibc

/// All settings of a line, as they were found: to be given back.
public struct LineState: Hashable, Sendable {
    let words: [UInt64]

    public init(words: [UInt64] = []) {
        self.words = words
    }
}

/// The calls of a kernel that concern serial lines and pseudo-terminals.
public protocol TerminalKernel: AnyObject {
    /// How many characters a terminal shows; nil for what is no terminal.
    func windowSize(of descriptor: Int32) -> (rows: Int, columns: Int)?
    /// Opens a terminal, without being controlled by it and without waiting for a carrier.
    func openLine(_ path: String) -> SystemResult
    /// The settings as they are, to be restored later; nil with `ENOTTY` and the like.
    func lineState(of descriptor: Int32) -> Result<LineState, SystemError>
    /// Puts settings back as they were found.
    func restoreLine(_ descriptor: Int32, to state: LineState) -> SystemResult
    /// Raw mode with these settings, at once.
    func setLine(_ descriptor: Int32, to settings: SerialSettings) -> SystemResult
    /// What the driver has made of it.
    func lineSettings(of descriptor: Int32) -> SerialSettings?
    /// 1 when somebody has claimed the line for himself (`TIOCEXCL`), which root does not notice.
    func isLineExclusive(_ descriptor: Int32) -> SystemResult
    /// Claims the line, or gives it free: `TIOCEXCL`, `TIOCNXCL`.
    func setLineExclusive(_ descriptor: Int32, _ on: Bool) -> SystemResult
    /// Takes the advisory lock (`flock`), without waiting.
    func lockLine(_ descriptor: Int32) -> SystemResult
    /// Processes, other than this one, that have the file open, as far as we may see them.
    func holders(of path: String) -> [FileHolder]

    /// The raw value of `ModemLines`; `ENOTTY` where there are none, as on pseudo-terminals.
    func modemLines(of descriptor: Int32) -> SystemResult
    /// Raises or lowers modem lines of ours: RTS, DTR.
    func setModemLines(_ lines: ModemLines, of descriptor: Int32, _ on: Bool) -> SystemResult
    /// Begins or ends a break.
    func setBreak(_ descriptor: Int32, _ on: Bool) -> SystemResult
    /// Drops what waits in one direction or both.
    func discard(_ queue: SerialQueue, of descriptor: Int32) -> SystemResult
    /// How much has not left the line yet.
    func unsentBytes(of descriptor: Int32) -> SystemResult

    /// Makes a pseudo-terminal; gives our end of it.
    func openPseudoTerminal() -> SystemResult
    /// The path of the other end.
    func pseudoTerminalPath(of descriptor: Int32) -> String?
}

/// A process that has a file open.
public struct FileHolder: Hashable, Sendable, CustomStringConvertible {
    public var process: Int32
    public var name: String

    public init(process: Int32, name: String) {
        self.process = process
        self.name = name
    }

    /// `gpsd (process 412)`.
    public var description: String { "\(name) (process \(process))" }
}

extension TerminalKernel {
    public func windowSize(of descriptor: Int32) -> (rows: Int, columns: Int)? { nil }
    public func openLine(_ path: String) -> SystemResult { .failure(ENOSYS) }
    public func lineState(of descriptor: Int32) -> Result<LineState, SystemError> {
        .failure(SystemError(ENOSYS, "termios"))
    }
    public func restoreLine(_ descriptor: Int32, to state: LineState) -> SystemResult {
        .failure(ENOSYS)
    }
    public func setLine(_ descriptor: Int32, to settings: SerialSettings) -> SystemResult {
        .failure(ENOSYS)
    }
    public func lineSettings(of descriptor: Int32) -> SerialSettings? { nil }
    public func isLineExclusive(_ descriptor: Int32) -> SystemResult { .success }
    public func setLineExclusive(_ descriptor: Int32, _ on: Bool) -> SystemResult { .success }
    public func lockLine(_ descriptor: Int32) -> SystemResult { .success }
    public func holders(of path: String) -> [FileHolder] { [] }
    public func modemLines(of descriptor: Int32) -> SystemResult { .failure(ENOTTY) }
    public func setModemLines(_ lines: ModemLines, of descriptor: Int32, _ on: Bool)
        -> SystemResult
    { .failure(ENOTTY) }
    public func setBreak(_ descriptor: Int32, _ on: Bool) -> SystemResult { .failure(ENOTTY) }
    public func discard(_ queue: SerialQueue, of descriptor: Int32) -> SystemResult { .success }
    public func unsentBytes(of descriptor: Int32) -> SystemResult { .success }
    public func openPseudoTerminal() -> SystemResult { .failure(ENOSYS) }
    public func pseudoTerminalPath(of descriptor: Int32) -> String? { nil }
}

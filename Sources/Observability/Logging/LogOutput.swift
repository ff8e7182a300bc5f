import FairleadEngine
import Synchronization

/// Where the lines of the log go: standard error, without ever waiting for who reads it.
///
/// What it does not take is lost and counted, and the next line that it takes says how many.
public final class LogOutput: Sendable {
    private let write: @Sendable (String) -> Bool
    private let lost = Mutex(0)

    /// - Parameter write: takes a line, or says that it could not.
    public init(_ write: @escaping @Sendable (String) -> Bool = { writeToStandardError($0) }) {
        self.write = write
    }

    func put(_ line: String, _ notice: (Int) -> String) {
        lost.withLock { lost in
            if lost > 0, write(notice(lost)) { lost = 0 }
            if lost > 0 || !write(line) { lost += 1 }
        }
    }
}

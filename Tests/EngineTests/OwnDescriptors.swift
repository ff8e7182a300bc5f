import CSystem
import Synchronization
import Testing

@testable import FairleadEngine

/// Runs `body` on a thread with a table of descriptors of its own, in which numbers begin at 3
/// and nobody else opens or closes any. Expectations are made by the caller, with its answer.
func withOwnDescriptors<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) throws
    -> Answer
{
    let box = OwnDescriptors<Answer>()
    try runOnThread("own descriptors") {
        _ = fl_check_own_table()
        let answer = Result(catching: body)
        box.answer.withLock { $0 = answer }
    }
    return try #require(box.answer.withLock { $0 }).get()
}

/// What a thread with descriptors of its own brings back.
private final class OwnDescriptors<Answer: Sendable>: Sendable {
    let answer = Mutex<Result<Answer, any Error>?>(nil)
}

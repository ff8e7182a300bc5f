import FairleadEngine
import Synchronization

/// Holds an event mechanism against the laws of the `Poller` contract, one by one.
///
/// It needs no test framework: it gives back what it found. Every law is tried on a mechanism of
/// its own, on a thread with a table of descriptors of its own: what the rest of the process opens
/// and closes, and the processes that it starts, make no difference. (Linux before 5.9 has no such
/// threads; the table is shared there.) Nothing is measured.
public struct PollerChecker: Sendable {
    /// One law of the contract, in words that can be checked.
    public enum Law: String, CaseIterable, Sendable {
        case reportsInputUntilItIsConsumed
        case reportsRoomUntilItIsFilled
        case reportsWhatWasReadyBefore
        case reportsOnlyWhatWasAskedFor
        case modifyTakesEffect
        case worksAgainAfterRemoveAndAdd
        case reportsNothingAfterRemove
        case reportsNothingOfAFormerOwner
        case removeLetsGoOfTheDescriptor
        case hangUpWakesBothDirections
        case errorIsReportedWhateverWasAskedFor
        case halfCloseIsNoHangUp
        case watchesTerminals
        case watchesFilesOrRefusesThem
        case refusesWhatIsClosedOrWatched
        case watchesManyDescriptors
        case deadlineIsNeverEarly
        case waitsForeverWithoutDeadline
        case wakeEndsTheCurrentWait
        case wakeEndsTheNextWait
        case manyWakesEndOneWait
        case noWakeIsLost
        case interruptionIsInvisible
        case descriptorTellsAHostTheTruth
        case givesItsDescriptorsBack
    }

    /// A law that does not hold, and what was seen.
    public struct Violation: Hashable, Sendable, CustomStringConvertible {
        public let law: Law
        public let finding: String

        public var description: String { "\(law.rawValue): \(finding)" }
    }

    /// How many descriptors the mechanism has to watch at once.
    public var descriptors = 1000
    /// How long to wait for what has to come; longer makes no difference to a good mechanism.
    public var patience: Duration = .seconds(10)

    private let make: @Sendable () throws -> any Poller

    /// - Parameter make: makes a fresh mechanism each time; the checker closes it.
    public init(_ make: @escaping @Sendable () throws -> any Poller) {
        self.make = make
    }

    /// Tries every law.
    public func violations() -> [Violation] {
        Law.allCases.flatMap { violations(of: $0) }
    }

    /// Tries one law; an empty list means that it holds.
    public func violations(of law: Law) -> [Violation] {
        findings(of: law).map { Violation(law: law, finding: $0) }
    }

    /// What a trial on another thread has found.
    private final class Report: Sendable {
        let findings = Mutex<[String]>([])
    }

    private func findings(of law: Law) -> [String] {
        let report = Report()
        do {
            try runOnThread("poller trial") {
                let isAlone = SystemProbe.useOwnTable()
                let found = attempt {
                    if law != .givesItsDescriptorsBack { return try tryLaw(law) }
                    return isAlone ? try countDescriptors() : []
                }
                report.findings.withLock { $0 = found }
            }
        } catch {
            return ["cannot be tried: \(error)"]
        }
        return report.findings.withLock { $0 }
    }

    private func attempt(_ body: () throws -> [String]) -> [String] {
        do { return try body() } catch { return ["cannot be tried: \(error)"] }
    }

    private func tryLaw(_ law: Law) throws -> [String] {
        let trial = PollerTrial(try make(), descriptors: descriptors, patience: patience)
        defer { trial.finish() }
        do { try trial.run(law) } catch { trial.note("failed with \(error)") }
        return trial.findings
    }

    /// Makes, uses and closes some: afterwards as many must be open as before.
    private func countDescriptors() throws -> [String] {
        let before = SystemProbe.openDescriptors
        for _ in 0..<3 {
            let trial = PollerTrial(try make(), descriptors: 1, patience: patience)
            defer { trial.finish() }
            try trial.useBriefly()
        }
        let kept = SystemProbe.openDescriptors - before
        return kept == 0 ? [] : ["\(kept) descriptors stay open after three were closed"]
    }
}

import FairleadEngine
import Glibc
import Synchronization

/// Holds an event mechanism against the laws of the `Poller` contract, one by one.
///
/// It needs no test framework: it gives back what it found. Every law is tried on a mechanism of
/// its own, on the calling thread. Nothing is measured.
public struct PollerChecker {
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

    private func findings(of law: Law) -> [String] {
        do {
            if law == .givesItsDescriptorsBack { return try descriptorsKept() }
            let trial = PollerTrial(try make(), descriptors: descriptors, patience: patience)
            defer { trial.finish() }
            do { try trial.run(law) } catch { trial.note("failed with \(error)") }
            return trial.findings
        } catch {
            return ["cannot be made: \(error)"]
        }
    }

    private func descriptorsKept() throws -> [String] {
        let tally = Tally()
        let (make, patience) = (make, patience)
        try startThread("descriptor count") {
            tally.findings.withLock { $0 = Self.descriptorsKept(make, patience) }
            tally.isOver.store(true, ordering: .releasing)
        }
        while !tally.isOver.load(ordering: .acquiring) { usleep(200) }
        return tally.findings.withLock { $0 }
    }

    /// What a thread with descriptors of its own has found.
    private final class Tally: Sendable {
        let findings = Mutex<[String]>([])
        let isOver = Atomic<Bool>(false)
    }

    /// Makes, uses and closes some, on a thread that sees no descriptors of others. Linux before
    /// 5.9 has no such threads: nothing is found there.
    private static func descriptorsKept(_ make: () throws -> any Poller, _ patience: Duration)
        -> [String]
    {
        guard SystemProbe.useOwnTable() else { return [] }
        do {
            let before = SystemProbe.openDescriptors
            for _ in 0..<3 {
                let trial = PollerTrial(try make(), descriptors: 1, patience: patience)
                try trial.useBriefly()
                trial.finish()
            }
            let kept = SystemProbe.openDescriptors - before
            return kept == 0 ? [] : ["\(kept) descriptors stay open after three were closed"]
        } catch {
            return ["failed with \(error)"]
        }
    }
}

import CSystem
import FairleadEngineTesting
import FairleadWire
import Testing

@testable import FairleadEngine

@Suite struct PollerLawTests {
    @Test(arguments: Backend.available, PollerChecker.Law.allCases)
    func holds(_ backend: Backend, _ law: PollerChecker.Law) {
        var checker = PollerChecker { try backend.makePoller(log: { _, _ in }) }
        // select cannot watch numbers from 1024 on.
        if backend == .select { checker.descriptors = 400 }
        #expect(checker.violations(of: law) == [])
    }

    #if os(Linux)
        /// Full queues and overflowing completions are everyday life for a ring this small.
        @Test(
            .enabled(if: Backend.available.contains(.ioUring)),
            arguments: PollerChecker.Law.allCases)
        func holdsOnATinyRing(_ law: PollerChecker.Law) {
            let checker = PollerChecker { try IOUring(requests: 2, completions: 4) }
            #expect(checker.violations(of: law) == [])
        }
    #endif

    /// A checker that finds nothing wrong with these would be worth nothing.
    @Test(arguments: FaultyPoller.Fault.allCases)
    func findsTheFault(_ fault: FaultyPoller.Fault) {
        var checker = PollerChecker { FaultyPoller(try Poll(), fault) }
        checker.patience = .milliseconds(20)
        #expect(!checker.violations(of: fault.brokenLaw).isEmpty)
    }

    @Test func namesTheLawAndWhatWasSeen() {
        var checker = PollerChecker { FaultyPoller(try Poll(), .reportsOnlyChanges) }
        checker.patience = .milliseconds(20)
        let violations = checker.violations(of: .reportsInputUntilItIsConsumed)
        let seen = "two bytes wait, wait number 2: expected readable, saw nothing"
        #expect(violations.first?.description == "reportsInputUntilItIsConsumed: \(seen)")
    }
}

/// A good poller spoiled in one way.
final class FaultyPoller: Poller {
    enum Fault: CaseIterable, Sendable {
        case reportsOnlyChanges
        case isEarly
        case ignoresModify
        case forgetsNothing
        case keepsTheFormerToken
        case hidesHangUp
        case hidesErrors
        case wakesTwice
        case acceptsAnything
        case leaks
        case holdsOn

        var brokenLaw: PollerChecker.Law {
            switch self {
            case .reportsOnlyChanges: .reportsInputUntilItIsConsumed
            case .isEarly: .deadlineIsNeverEarly
            case .ignoresModify: .modifyTakesEffect
            case .forgetsNothing: .reportsNothingAfterRemove
            case .keepsTheFormerToken: .reportsNothingOfAFormerOwner
            case .hidesHangUp: .hangUpWakesBothDirections
            case .hidesErrors: .errorIsReportedWhateverWasAskedFor
            case .wakesTwice: .manyWakesEndOneWait
            case .acceptsAnything: .refusesWhatIsClosedOrWatched
            case .leaks: .givesItsDescriptorsBack
            case .holdsOn: .removeLetsGoOfTheDescriptor
            }
        }
    }

    let name = "faulty"
    let descriptor: Int32? = nil
    var waker: any Waker { poller.waker }

    private let poller: any Poller
    private let fault: Fault
    private var reported: Set<Token> = []
    private var firstTokens: [Int32: Token] = [:]
    private var isWoken = false

    init(_ poller: any Poller, _ fault: Fault) {
        self.poller = poller
        self.fault = fault
        if fault == .leaks { _ = fl_eventfd() }
    }

    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        if fault == .acceptsAnything { return }
        if fault == .forgetsNothing { poller.remove(descriptor, token) }
        let former = firstTokens[descriptor]
        firstTokens[descriptor] = former ?? token
        let isSpoiled = fault == .keepsTheFormerToken
        try poller.add(descriptor, interest, isSpoiled ? former ?? token : token)
        if fault == .holdsOn { _ = fl_check_duplicate(descriptor) }
    }

    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        if fault != .ignoresModify { try poller.modify(descriptor, interest, token) }
    }

    func remove(_ descriptor: Int32, _ token: Token) {
        if fault != .forgetsNothing { poller.remove(descriptor, token) }
    }

    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
        var found: [ReadyEvent] = []
        if fault == .isEarly, let deadline {
            let early = deadline.advanced(by: .milliseconds(-1))
            try poller.wait(until: early, into: &found)
        } else if fault == .wakesTwice, isWoken {
            isWoken = false
            return
        } else {
            try poller.wait(until: deadline, into: &found)
            isWoken = found.isEmpty
        }
        for event in found {
            var event = event
            if fault == .hidesHangUp { event.readiness.remove(.hangUp) }
            if fault == .hidesErrors { event.readiness.remove(.error) }
            let isNew = reported.insert(event.token).inserted
            if fault != .reportsOnlyChanges || isNew { events.append(event) }
        }
    }

    func close() { poller.close() }
}

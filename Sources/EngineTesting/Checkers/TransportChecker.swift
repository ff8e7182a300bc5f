// The contract of Transport and StreamProtocol as rules that anybody can check on a transport of
// their own: given a way to connect two protocols on a reactor, each rule builds a fresh pair,
// drives it, and throws a `ContractViolation` in words. It knows the two contracts only; it must
// never know what kind of transport it has, and asks nothing that the contract does not promise
// (how bytes are cut, how much a write takes at once, what an aborted peer is told).
//
// No rule waits for time to pass: waits end as soon as the thing has happened, with ten seconds
// of the reactor's own clock as the limit; a simulated clock makes that nothing.
import FairleadEngine
import FairleadWire

/// Checks that a kind of transport keeps the contract of `Transport` and `StreamProtocol`.
///
///     let checker = TransportChecker("TCP", reactor: { try Reactor() }) {
///         reactor, first, second in
///         let port = try reactor.listenTCP(on: address) { _ in second }
///         …connect `first` to it…
///         return { port.stop() }
///     }
///     try checker.checkAll()
public struct TransportChecker {
    /// Begins to connect two protocols; gives what must be done at the end, like closing a port.
    public typealias Connect = (
        _ reactor: Reactor, _ first: any StreamProtocol, _ second: any StreamProtocol
    ) throws -> () -> Void

    /// A promise of the contract.
    public enum Rule: String, CaseIterable, Sendable {
        case bytesArriveInOrder = "bytes arrive complete and in order"
        case closeFlushes = "close sends what is queued"
        case closedPeerIsReported = "who closes is told so, and so is the other"
        case abortEndsBoth = "abort ends at once, for both"
        case abortReason = "abort reports the reason it was given"
        case halfClose = "after closeWrite reading goes on"
        case halfCloseOfBoth = "when both have ended writing, the connection is over"
        case pauseHolds = "nothing is received while reading is paused"
        case pauseKeepsTheEnd = "an end that comes during a pause is told after it"
        case writeMarks = "the write marks are told in turns"
        case queueLimitDisconnects = "at the limit: disconnect"
        case queueLimitDrops = "at the limit: drop whole writes"
        case queueLimitConflates = "at the limit: keep the newest write"
        case throwingEnds = "an error thrown by a callback is the reason of the end"
        case throwingAtTheStart = "an error thrown by connectionMade is the reason of the end"
        case closeAtTheStart = "connectionMade closes the connection"
        case closeInsideReceived = "a callback closes its own connection"
        case abortOtherInsideReceived = "a callback aborts the other connection"
        case nothingAfterTheEnd = "after the end every verb does nothing"
        case endsArePostponed = "no verb calls the protocol before it returns"
        case stopEnds = "connections end when the reactor stops"
        case protocolsAreReleased = "after the end nobody keeps the protocol alive"
    }

    let name: String
    private let makeReactor: () throws -> Reactor
    private let connect: Connect

    /// - Parameters:
    ///   - name: what is checked, for messages.
    ///   - reactor: makes a fresh reactor for each rule.
    ///   - connect: begins to connect two protocols with each other; both must be told
    ///     `connectionMade` within ten seconds.
    public init(
        _ name: String, reactor: @escaping () throws -> Reactor, connect: @escaping Connect
    ) {
        self.name = name
        makeReactor = reactor
        self.connect = connect
    }

    /// Checks every rule; throws the first violation.
    public func checkAll() throws {
        for rule in Rule.allCases { try check(rule) }
    }

    /// Checks one rule on a fresh pair.
    ///
    /// - Throws: `ContractViolation`, or what the reactor or `connect` throws.
    public func check(_ rule: Rule) throws {
        let pair = ProbePair(name, rule.rawValue, try makeReactor())
        if rule == .throwingAtTheStart { pair.throwAtTheStart() }
        if rule == .closeAtTheStart { pair.closeAtTheStart() }
        pair.cleanUp = try connect(pair.reactor, pair.first, pair.second)
        try pair.wait("both are connected") {
            pair.second.madeCount > 0 && (pair.first.madeCount > 0 || pair.second.hasEnded)
        }
        try Self.body(of: rule)(pair)
        try pair.finish()
    }

    private static func body(of rule: Rule) -> (ProbePair) throws -> Void {
        switch rule {
        case .bytesArriveInOrder: { try $0.bytesArriveInOrder() }
        case .closeFlushes: { try $0.closeFlushes() }
        case .closedPeerIsReported: { try $0.closedPeerIsReported() }
        case .abortEndsBoth: { try $0.abortEndsBoth() }
        case .abortReason: { try $0.abortReason() }
        case .halfClose: { try $0.halfClose() }
        case .halfCloseOfBoth: { try $0.halfCloseOfBoth() }
        case .pauseHolds: { try $0.pauseHolds() }
        case .pauseKeepsTheEnd: { try $0.pauseKeepsTheEnd() }
        case .writeMarks: { try $0.writeMarks() }
        case .queueLimitDisconnects: { try $0.queueLimitDisconnects() }
        case .queueLimitDrops: { try $0.queueLimitKeepsWholeWrites(.drop) }
        case .queueLimitConflates: { try $0.queueLimitKeepsWholeWrites(.conflate) }
        case .throwingEnds: { try $0.throwingEnds() }
        case .throwingAtTheStart: { try $0.thrownAtTheStart() }
        case .closeAtTheStart: { try $0.closedAtTheStart() }
        case .closeInsideReceived: { try $0.closeInsideReceived() }
        case .abortOtherInsideReceived: { try $0.abortOtherInsideReceived() }
        case .nothingAfterTheEnd: { try $0.nothingAfterTheEnd() }
        case .endsArePostponed: { try $0.endsArePostponed() }
        case .stopEnds: { try $0.stopEnds() }
        case .protocolsAreReleased: { try $0.protocolsAreReleased() }
        }
    }
}

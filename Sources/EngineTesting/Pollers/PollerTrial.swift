import CSystem
import FairleadEngine
import FairleadWire

/// One mechanism under trial: its descriptors, and what was found.
final class PollerTrial {
    let poller: any Poller
    /// How many descriptors are many.
    let many: Int
    let patience: Duration
    private(set) var findings: [String] = []

    private let clock = PosixKernel()
    private var opened: [Int32] = []
    private var watched: [Int32: Token] = [:]
    private var lastSlot: UInt32 = 0

    init(_ poller: any Poller, descriptors: Int, patience: Duration) {
        self.poller = poller
        self.patience = patience
        many = descriptors
    }

    /// Gives everything back.
    func finish() {
        for (descriptor, token) in watched { poller.remove(descriptor, token) }
        poller.close()
        for descriptor in opened { _ = fl_check_close(descriptor) }
    }

    // MARK: Findings

    func note(_ finding: String) { findings.append(finding) }

    func expect(_ condition: Bool, _ otherwise: @autoclosure () -> String) {
        if !condition { note(otherwise()) }
    }

    /// Expects exactly this report of one registration, and of no other.
    func expect(_ events: [ReadyEvent], of token: Token, _ readiness: Readiness, _ when: String) {
        let expected = [ReadyEvent(token, readiness)]
        expect(events == expected, "\(when): expected \(readiness.names), saw \(text(events))")
    }

    func expectNothing(_ events: [ReadyEvent], _ when: String) {
        expect(events.isEmpty, "\(when): expected nothing, saw \(text(events))")
    }

    private func text(_ events: [ReadyEvent]) -> String {
        if events.isEmpty { return "nothing" }
        return events.map { "\($0.readiness.names) of \($0.token.slot)" }.joined(separator: ", ")
    }

    // MARK: Descriptors

    func keep(_ pair: (Int32, Int32)) -> (Int32, Int32) {
        opened += [pair.0, pair.1]
        return pair
    }

    func keep(_ descriptor: Int32) -> Int32 {
        opened.append(descriptor)
        return descriptor
    }

    /// Closes one before the end.
    func close(_ descriptor: Int32) {
        opened.removeAll { $0 == descriptor }
        _ = fl_check_close(descriptor)
    }

    // MARK: The mechanism's verbs

    /// A token that no other registration of this trial has.
    func newToken() -> Token {
        lastSlot += 1
        return Token(slot: lastSlot, generation: 7)
    }

    @discardableResult
    func watch(_ descriptor: Int32, _ interest: Interest) throws(SystemError) -> Token {
        let token = newToken()
        try poller.add(descriptor, interest, token)
        watched[descriptor] = token
        return token
    }

    func unwatch(_ descriptor: Int32) {
        guard let token = watched.removeValue(forKey: descriptor) else { return }
        poller.remove(descriptor, token)
    }

    var now: Instant { clock.now() }

    /// What is ready at this moment.
    func look() throws(SystemError) -> [ReadyEvent] {
        try wait(until: Instant(nanoseconds: .min))
    }

    /// What is ready soon: a wait with a generous limit.
    func report() throws(SystemError) -> [ReadyEvent] { try wait(until: now + patience) }

    func wait(until deadline: Instant?) throws(SystemError) -> [ReadyEvent] {
        var events: [ReadyEvent] = []
        try poller.wait(until: deadline, into: &events)
        return events
    }

    /// A watch, a report and a wake-up, so that whatever is opened late is open.
    func useBriefly() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        let file = keep(try SystemProbe.file())
        _ = try? watch(file, .readable)
        _ = fl_check_put(peer)
        try watch(socket, .readable)
        poller.waker.wake()
        _ = try report()
    }
}

extension Readiness {
    /// What is in it, in words.
    var names: String {
        let all: [(Readiness, String)] = [
            (.readable, "readable"), (.writable, "writable"), (.hangUp, "hang-up"),
            (.error, "error"),
        ]
        let names = all.filter { contains($0.0) }.map(\.1)
        return names.isEmpty ? "an empty report" : names.joined(separator: " and ")
    }
}

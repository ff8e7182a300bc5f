/// Calls that stay on the reactor's thread while their answer is made elsewhere.
///
/// A closure that touches confined objects cannot travel to another thread. It is lodged here;
/// its number travels, and comes back in a letter together with the answer.
final class Tickets {
    private var calls: [UInt64: (any Sendable) -> Void] = [:]
    private var kept: [UInt64: (any Sendable) -> Void] = [:]
    private var next: UInt64 = 0

    var count: Int { calls.count }

    func lodge(_ call: @escaping (any Sendable) -> Void) -> UInt64 {
        next += 1
        calls[next] = call
        return next
    }

    /// Makes the call, unless it was withdrawn.
    func redeem(_ ticket: UInt64, with answer: any Sendable) {
        calls.removeValue(forKey: ticket)?(answer)
    }

    func withdraw(_ ticket: UInt64) {
        calls.removeValue(forKey: ticket)
        kept.removeValue(forKey: ticket)
    }

    /// Lodges a call that can be made any number of times.
    func keep(_ call: @escaping (any Sendable) -> Void) -> UInt64 {
        next += 1
        kept[next] = call
        return next
    }

    /// Makes a call that was kept, unless it was withdrawn.
    func deliver(_ content: any Sendable, to ticket: UInt64) { kept[ticket]?(content) }
}

import FairleadEngine
import FairleadIRCWire

/// A WHOIS under way.
final class WhoisInquiry {
    var reply: WhoisReply
    /// Whether the server knows the nickname.
    var isKnown = true
    private var completions: [(WhoisReply?) -> Void] = []
    private var limit: Timer?

    init(_ nickname: String, on reactor: Reactor, timedOut: @escaping () -> Void) {
        reply = WhoisReply(nickname)
        limit = reactor.after(.seconds(60), timedOut)
    }

    func add(_ completion: @escaping (WhoisReply?) -> Void) { completions.append(completion) }

    func finish(_ reply: WhoisReply?) {
        limit?.cancel()
        limit = nil
        let completions = completions
        self.completions = []
        for completion in completions { completion(reply) }
    }
}

import FairleadEngine

/// A resolver that answers when the test says so.
final class FakeResolver: Resolver {
    typealias Completion = (Result<[SocketAddress], ResolveError>) -> Void

    /// What was asked for, in order.
    private(set) var asked: [String] = []
    private var waiting: [Completion] = []
    private let immediate: [SocketAddress]?

    /// - Parameter immediate: what every question is answered with at once.
    init(_ immediate: [SocketAddress]? = nil) {
        self.immediate = immediate
    }

    func resolve(
        _ host: String, _ port: UInt16, on reactor: Reactor, completion: @escaping Completion
    ) throws -> any LookUp {
        asked.append(host)
        if let immediate {
            reactor.later { completion(.success(immediate)) }
        } else {
            waiting.append(completion)
        }
        // Something to cancel; it has no effect on the answer, which therefore may come late.
        return try reactor.workers.run({}, then: {})
    }

    /// Answers all questions that wait.
    func answer(_ result: Result<[SocketAddress], ResolveError>) {
        let calls = waiting
        waiting = []
        for call in calls { call(result) }
    }
}

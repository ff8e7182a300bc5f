import FairleadWire

/// Something that is being opened by calls that may block: on a worker thread, where the kernel
/// has such, within a time limit.
final class BlockingOpening<Opened: Sendable>: ConnectAttempt {
    private let reactor: Reactor
    private let target: String
    private let timeout: Duration
    private var finished: ((Result<Opened, ConnectError>) -> Void)?
    private var work: WorkerPool.Work?
    private var limit: Timer?

    /// `finished` is called once, never from inside `begin`.
    init(
        _ reactor: Reactor, _ target: String, timeout: Duration,
        _ finished: @escaping (Result<Opened, ConnectError>) -> Void
    ) {
        self.reactor = reactor
        self.target = target
        self.timeout = timeout
        self.finished = finished
    }

    func begin(_ open: @escaping @Sendable (any Kernel) -> Result<Opened, SystemError>) {
        reactor.underway.begin(self) { [unowned self] in cancel() }
        limit = reactor.after(timeout) { [self] in
            finish(.failure(ConnectError(target, .timedOut(after: timeout))))
        }
        guard let makeKernel = reactor.kernel.workerKernel else {
            let result = open(reactor.kernel)
            return reactor.later { [self] in opened(result) }
        }
        do {
            work = try reactor.workers.run({ open(makeKernel()) }) { [self] in opened($0) }
        } catch {
            reactor.later { [self] in
                finish(.failure(ConnectError(target, .overloaded)))
            }
        }
    }

    func cancel() { finish(.failure(ConnectError(target, .cancelled))) }

    private func opened(_ result: Result<Opened, SystemError>) {
        finish(
            result.mapError { ConnectError(target, .failed([.init(target, $0)])) })
    }

    private func finish(_ result: Result<Opened, ConnectError>) {
        guard let finished else { return }
        self.finished = nil
        reactor.underway.finished(self)
        limit?.cancel()
        work?.cancel()
        finished(result)
    }
}

import FairleadWire

/// Something that is being opened by calls that may block: on a worker thread, where the kernel
/// has such.
final class BlockingOpening<Opened: Sendable>: Opening<Opened> {
    private var work: WorkerPool.Work?

    /// Its end never comes from inside.
    func begin(
        within timeout: Duration,
        _ open: @escaping @Sendable (any Kernel) -> Result<Opened, SystemError>
    ) {
        limit(to: timeout)
        guard let makeKernel = reactor.kernel.workerKernel else {
            // Not before then: what is called off now is not opened at all.
            return reactor.later { [self] in
                if isPending { opened(open(reactor.kernel)) }
            }
        }
        do {
            work = try reactor.workers.run({ open(makeKernel()) }) { [self] in opened($0) }
        } catch {
            failLater(.overloaded)
        }
    }

    override func letGo() {
        work?.cancel()
        work = nil
    }

    private func opened(_ result: Result<Opened, SystemError>) {
        finish(result.mapError { ConnectError(target, .failed([.init(target, $0)])) })
    }
}

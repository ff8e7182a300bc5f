// A child process as a stream transport, over pipes or a pseudo-terminal. The end of the process
// is seen by a descriptor (pidfd), so that any number of reactors can have children and nobody
// needs SIGCHLD. The connection is over when its streams are closed and the process is reaped,
// whichever comes last: a zombie is never left, and the exit is told once. A process that does not
// end when its streams are closed is sent SIGTERM, then SIGKILL; a shut-down waits for that.
import FairleadWire
import Glibc

/// A connection to a child process.
final class ChildProcess: AdoptedStream, ProcessTransport {
    let processID: Int32
    private(set) var exit: ProcessExit?
    private var watch: ProcessWatch?
    private var errors: ErrorPipe?
    private var patience: Timer?
    private var isAborted = false
    private var tell: (() -> Void)?
    private let hasTerminal: Bool

    init(
        _ reactor: Reactor, _ process: Int32, input: Int32, output: Int32, errors: Int32,
        hasTerminal: Bool
    ) {
        processID = process
        self.hasTerminal = hasTerminal
        super.init(reactor, input: input, output: output)
        reactor.hold()
        watch = ProcessWatch(reactor, process) { [self] in exited($0) }
        if errors >= 0 {
            self.errors = ErrorPipe(reactor, errors) { [unowned self] bytes in
                (handler as? any ProcessProtocol)?.receivedError(bytes, on: self)
            } ended: { [self] in
                self.errors = nil
                announceIfOver()
            }
        }
    }

    override var localAddress: TransportAddress { .other("our end of process \(processID)") }
    override var peerAddress: TransportAddress { .process(id: processID) }
    override var label: String { "\(super.label) on process \(processID)" }

    func sendSignal(_ number: Int32) {
        // Never after the reaping: the number may be another's by then.
        if exit == nil { _ = reactor.kernel.sendSignal(number, to: -processID) }
    }

    /// A terminal says EIO when the last process has closed it: the ordinary end of a child.
    override func reason(of error: SystemError) -> Disconnect {
        hasTerminal && error.code == EIO ? .closedByPeer : super.reason(of: error)
    }

    /// The end of input in a terminal is a character, not a closing.
    override func shutDownWriting() {
        if !hasTerminal { return super.shutDownWriting() }
        let endOfTransmission: [UInt8] = [4]
        _ = reactor.kernel.write(output, endOfTransmission.span)
    }

    // MARK: The end

    override func prepareAbort() { isAborted = true }

    override func reactorStopped() { abort() }

    override func didClose() {
        errors?.closeUnlessReading(exit == nil && !isAborted)
        guard exit == nil else { return }
        if isAborted { return sendSignal(SIGKILL) }
        patience = reactor.after(reactor.limits.closeTimeout) { [self] in
            sendSignal(SIGTERM)
            patience = reactor.after(reactor.limits.closeTimeout) { [self] in
                sendSignal(SIGKILL)
            }
        }
    }

    private func exited(_ exit: ProcessExit) {
        self.exit = exit
        watch = nil
        patience?.cancel()
        patience = nil
        reactor.release()
        (handler as? any ProcessProtocol)?.processExited(exit, on: self)
        announceIfOver()
    }

    override func announceEnd(_ reason: Disconnect, _ tell: @escaping (Disconnect) -> Void) {
        self.tell = { [self] in
            guard case .closedByPeer = reason, let exit, !exit.isSuccess else {
                return tell(reason)
            }
            tell(.exited(exit))
        }
        announceIfOver()
    }

    private func announceIfOver() {
        guard exit != nil, errors == nil, let tell else { return }
        self.tell = nil
        reactor.later(tell)
    }
}

/// Waits for the end of one process and reaps it.
private final class ProcessWatch: DescriptorObserver {
    private let reactor: Reactor
    private let process: Int32
    private let exited: (ProcessExit) -> Void
    private var descriptor: Int32 = -1
    private var token = Token.none
    private var timer: Timer?

    init(_ reactor: Reactor, _ process: Int32, _ exited: @escaping (ProcessExit) -> Void) {
        self.reactor = reactor
        self.process = process
        self.exited = exited
        do throws(SystemError) {
            descriptor = try reactor.kernel.processDescriptor(process).descriptor("pidfd_open")
            token = try reactor.register(descriptor, .readable, self)
        } catch {
            // No descriptor to be had: looking now and then is slower, not wrong.
            timer = reactor.every(.milliseconds(50)) { [self] in look() }
        }
    }

    func ready(_ readiness: Readiness, _ token: Token) { look() }

    private func look() {
        guard let exit = reactor.kernel.reap(process) else { return }
        timer?.cancel()
        timer = nil
        reactor.unregister(token)
        if descriptor >= 0 { reactor.kernel.close(descriptor) }
        descriptor = -1
        exited(exit)
    }
}

/// A child's standard error.
private final class ErrorPipe: DescriptorObserver {
    private let reactor: Reactor
    private var descriptor: Int32
    private var token = Token.none
    private let received: (Span<UInt8>) -> Void
    private let ended: () -> Void

    init(
        _ reactor: Reactor, _ descriptor: Int32, _ received: @escaping (Span<UInt8>) -> Void,
        ended: @escaping () -> Void
    ) {
        self.reactor = reactor
        self.descriptor = descriptor
        self.received = received
        self.ended = ended
        do throws(SystemError) {
            token = try reactor.register(descriptor, .readable, self)
        } catch {
            close()
        }
    }

    func ready(_ readiness: Readiness, _ token: Token) {
        let result = reactor.readBuffer.fill(from: descriptor, by: reactor.kernel)
        if result.rawValue > 0 {
            reactor.readBuffer.lend(result.rawValue, to: received)
        } else if !result.wouldBlock {
            close()
        }
    }

    /// Once the child is gone or given up, a grandchild that holds the pipe must not hold us.
    func closeUnlessReading(_ goesOn: Bool) {
        if !goesOn { close() }
    }

    private func close() {
        guard descriptor >= 0 else { return }
        reactor.unregister(token)
        reactor.kernel.close(descriptor)
        descriptor = -1
        reactor.later(ended)
    }
}

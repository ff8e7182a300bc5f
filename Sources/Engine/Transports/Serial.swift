// A serial line as a stream transport. What sets it apart from a socket:
//  - the end of input is a hang-up: the adapter was pulled, the terminal is gone. Never "closed by
//    the peer", never a readiness that comes back for ever: the descriptor is given up at once.
//  - closing waits, without blocking, until the last bit has left; what cannot leave is thrown
//    away at the time limit, because close(2) itself would hold the loop for it.
//  - the settings that were found are restored.
import FairleadWire
import Glibc

/// A connection over a serial line, with what only those can do.
public protocol SerialTransport: Transport {
    /// The settings in force, as the driver reports them.
    var settings: SerialSettings { get }
    /// Changes speed and frame at once, also for what is still queued.
    func apply(_ settings: SerialSettings) throws(SystemError)
    /// The control lines as they are; `ENOTTY` where there are none, as on pseudo-terminals.
    func modemLines() throws(SystemError) -> ModemLines
    /// Sets lines of ours, DTR and RTS.
    func setModemLines(_ lines: ModemLines, _ on: Bool) throws(SystemError)
    /// Holds the line in the break condition for so long.
    func sendBreak(for duration: Duration) throws(SystemError)
    /// Throws away what the kernel holds of either direction.
    func discard(_ queue: SerialQueue) throws(SystemError)
}

/// One open serial line.
final class SerialConnection: DescriptorStream, SerialTransport {
    private let path: String
    private let found: SerialLine.Found
    private(set) var settings: SerialSettings
    private var draining: Draining?
    private var breakEnd: Timer?

    init(_ reactor: Reactor, _ line: SerialLine, path: String) {
        self.path = path
        found = line.found
        settings = line.actual
        let descriptor = line.take()
        reactor.kernel.adopt(descriptor)
        super.init(reactor, input: descriptor, output: descriptor)
    }

    override var localAddress: TransportAddress { .other("\(path) at \(settings)") }
    override var peerAddress: TransportAddress { .device(path: path) }
    override var label: String { "\(super.label) on \(path)" }

    // MARK: The line

    func apply(_ settings: SerialSettings) throws(SystemError) {
        _ = try kernelCall("set \(path)") { $0.setLine(input, to: settings) }
        self.settings = reactor.kernel.lineSettings(of: input) ?? settings
    }

    func modemLines() throws(SystemError) -> ModemLines {
        let bits = try kernelCall("modem lines of \(path)") { $0.modemLines(of: input) }
        return ModemLines(rawValue: Int32(truncatingIfNeeded: bits))
    }

    func setModemLines(_ lines: ModemLines, _ on: Bool) throws(SystemError) {
        _ = try kernelCall("modem lines of \(path)") { $0.setModemLines(lines, of: input, on) }
    }

    func sendBreak(for duration: Duration) throws(SystemError) {
        _ = try kernelCall("break on \(path)") { $0.setBreak(input, true) }
        breakEnd?.cancel()
        breakEnd = reactor.after(duration) { [unowned self] in
            _ = reactor.kernel.setBreak(input, false)
        }
    }

    func discard(_ queue: SerialQueue) throws(SystemError) {
        _ = try kernelCall("discard on \(path)") { $0.discard(queue, of: input) }
    }

    private func kernelCall(_ name: String, _ call: (any Kernel) -> SystemResult)
        throws(SystemError) -> Int
    {
        if input < 0 { throw SystemError(EBADF, name) }
        return try call(reactor.kernel).get(name)
    }

    // MARK: The end

    override var endOfInput: Disconnect? { .hangUp }

    override func reason(of error: SystemError) -> Disconnect {
        switch error.code {
        case EIO, ENXIO, ENODEV: .hangUp
        default: .system(error)
        }
    }

    /// A line has one direction only in theory: there is nothing to tell the other end.
    override func shutDownWriting() {}

    override func prepareAbort() { _ = reactor.kernel.discard(.both, of: input) }

    override func finishClosing(_ reason: Disconnect) {
        updateInterest()
        draining = Draining(
            reactor, check: { [self] in reactor.kernel.unsentBytes(of: input) }
        ) { [self] outcome in
            switch outcome {
            case .empty: end(reason)
            case .failed(let code): end(self.reason(of: SystemError(code, "TIOCOUTQ")))
            case .timedOut(let limit):
                _ = reactor.kernel.discard(.output, of: input)
                end(.timedOut("closing within \(limit)"))
            }
        }
    }

    override func reactorStopped() { abort() }

    override func willClose() {
        draining?.cancel()
        draining = nil
        if breakEnd?.isPending == true { _ = reactor.kernel.setBreak(input, false) }
        breakEnd?.cancel()
        found.giveBack(input, by: reactor.kernel)
    }
}

extension Reactor {
    /// Opens a serial line.
    ///
    /// Two lines at once with one path are `EBUSY` also within one process. The opening itself
    /// happens on a worker thread.
    @discardableResult
    public func openSerial(
        _ path: String, _ options: SerialOptions = SerialOptions(),
        _ factory: @escaping StreamFactory, completion: @escaping ConnectCompletion = { _ in }
    ) -> any ConnectAttempt {
        let opening = BlockingOpening<SerialLine>(self, path) { [self] result in
            let transport = result.map { SerialConnection(self, $0, path: path) }
            adopt(transport.map { $0 as DescriptorStream }, path, factory, completion)
        }
        let makeKernel = kernel.workerKernel
        opening.begin(within: options.timeout) { kernel in
            do throws(SystemError) {
                return .success(try SerialLine.open(path, options, by: kernel, makeKernel))
            } catch {
                return .failure(error)
            }
        }
        return opening
    }
}

// A regular file as a source of bytes, at a rate: what a recorded log needs to stand in for a
// device. Reading goes in steps by a timer where there is a rate, else as fast as the protocol
// takes it, a few chunks a turn. Files are always ready: no poller is asked.
import FairleadWire
import Glibc

/// How a file is read.
public struct FileOptions: Hashable, Sendable {
    /// Bytes a second; nil: as fast as the protocol takes them.
    public var bytesPerSecond: Int?
    /// At the end begin again, for ever.
    public var repeats = false

    public init() {}
}

/// A file being read; nothing can be written to it.
final class FileStream: Transport {
    /// Steps a second at a given rate.
    private static let steps = 20

    let reactor: Reactor
    private let path: String
    private let options: FileOptions
    private var descriptor: Int32
    private var handler: (any StreamProtocol)?
    private var timer: Timer?
    private var isPaused = false
    private var hasEnded = false
    /// Bytes that the rate owes; in steps less than one byte they add up.
    private var owed = 0
    private var sinceStart = 0

    init(_ reactor: Reactor, _ descriptor: Int32, path: String, _ options: FileOptions) {
        self.reactor = reactor
        self.descriptor = descriptor
        self.path = path
        self.options = options
    }

    func start(_ handler: any StreamProtocol) {
        self.handler = handler
        reactor.underway.begin(self) { [unowned self] in close() }
        do { try handler.connectionMade(on: self) } catch { abort(Disconnect(thrown: error)) }
        if hasEnded { return }
        if options.bytesPerSecond == nil {
            timer = reactor.after(.zero) { [self] in readFast() }
        } else {
            timer = reactor.every(.seconds(1) / Self.steps) { [self] in readStep() }
        }
    }

    var localAddress: TransportAddress { .file(path: path) }
    var peerAddress: TransportAddress { .file(path: path) }

    // MARK: Reading

    private func readFast() {
        for _ in 0..<reactor.limits.readsInARow where !isPaused && !hasEnded { readOnce(.max) }
        if !isPaused, !hasEnded { timer = reactor.after(.zero) { [self] in readFast() } }
    }

    private func readStep() {
        guard let rate = options.bytesPerSecond, !isPaused, !hasEnded else { return }
        owed += max(rate, 1)
        let count = owed / Self.steps
        owed %= Self.steps
        if count > 0 { readOnce(count) }
    }

    private func readOnce(_ limit: Int) {
        let buffer = reactor.readBuffer
        let result = buffer.fill(from: descriptor, by: reactor.kernel, atMost: limit)
        if result.rawValue > 0 {
            sinceStart += result.rawValue
            buffer.lend(result.rawValue) { bytes in
                do {
                    try handler?.received(bytes, on: self)
                } catch {
                    abort(Disconnect(thrown: error))
                }
            }
        } else if !result.isSuccess {
            end(.system(SystemError(result.code, "read \(path)")))
        } else if options.repeats, sinceStart > 0 {
            rewind()
        } else {
            end(.closedByPeer)
        }
    }

    private func rewind() {
        sinceStart = 0
        let again = reactor.kernel.openFile(path)
        guard again.isSuccess else {
            return end(.system(SystemError(again.code, "open \(path)")))
        }
        reactor.kernel.close(descriptor)
        descriptor = Int32(truncatingIfNeeded: again.rawValue)
    }

    func pauseReading() { isPaused = true }

    func resumeReading() {
        guard isPaused, !hasEnded else { return }
        isPaused = false
        if options.bytesPerSecond == nil { timer?.reset(after: .zero) }
    }

    // MARK: Writing: there is nobody to write to

    func write(_ bytes: Span<UInt8>) {}
    func write(shared bytes: [UInt8]) {}
    func closeWrite() {}
    var queuedBytes: Int { 0 }
    var isWriteBlocked: Bool { false }
    lazy var writeLimits = reactor.limits.write

    // MARK: The end

    func close() { end(.closedByUs) }
    func abort() { end(.closedByUs) }
    func abort(_ reason: Disconnect) { end(reason) }

    private func end(_ reason: Disconnect) {
        if hasEnded { return }
        hasEnded = true
        timer?.cancel()
        timer = nil
        reactor.underway.finished(self)
        reactor.kernel.close(descriptor)
        reactor.later { [self] in
            let handler = self.handler
            self.handler = nil
            handler?.connectionLost(reason, on: self)
        }
    }
}

extension Reactor {
    /// Opens a regular file, or what can be read like one, as a source of bytes.
    @discardableResult
    public func openFile(
        _ path: String, _ options: FileOptions = FileOptions(), _ factory: StreamFactory
    ) throws(SystemError) -> any Transport {
        let number = try kernel.openFile(path).descriptor("open \(path)")
        let owner = Descriptor(number, of: kernel)
        switch kernel.status(of: number)?.kind {
        case .regular?: break
        case .folder?: throw SystemError(EISDIR, "read \(path)")
        default:
            // A FIFO or a device has a readiness of its own.
            let stream = AdoptedStream(self, input: owner.release(), output: -1)
            return try begin(stream, path, factory)
        }
        let stream = FileStream(self, owner.release(), path: path, options)
        guard let handler = factory(stream) else {
            stream.abort()
            throw SystemError(ECANCELED, "no protocol for \(path)")
        }
        stream.start(handler)
        return stream
    }
}

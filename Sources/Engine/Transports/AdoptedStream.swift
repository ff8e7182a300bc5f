import FairleadWire
import Glibc

/// A connection over descriptors that someone else opened: inherited, passed, or a pipe.
class AdoptedStream: DescriptorStream {
    /// What is behind the input: sockets and terminals have ends of their own kind.
    private let kind: FileStatus.Kind?

    override init(_ reactor: Reactor, input: Int32, output: Int32) {
        kind = reactor.kernel.status(of: input >= 0 ? input : output)?.kind
        super.init(reactor, input: input, output: output)
    }

    override var localAddress: TransportAddress {
        guard kind == .socket else { return .descriptor(input) }
        return reactor.kernel.localAddress(of: input).map(TransportAddress.socket)
            ?? .descriptor(input)
    }

    override var peerAddress: TransportAddress {
        guard kind == .socket else { return .descriptor(output) }
        return reactor.kernel.peerAddress(of: input).map(TransportAddress.socket)
            ?? .descriptor(output)
    }

    override func reason(of error: SystemError) -> Disconnect {
        kind == .characterDevice && error.code == EIO ? .hangUp : .system(error)
    }

    override func shutDownWriting() {
        if kind == .socket {
            _ = reactor.kernel.shutDown(output, .writing)
        } else {
            super.shutDownWriting()
        }
    }

    override func prepareAbort() {
        if kind == .socket { _ = reactor.kernel.setOption(.resetOnClose, of: output, to: 1) }
    }
}

/// Standard input and output as one connection.
final class StandardStreams: AdoptedStream {
    private var borrowed: [BorrowedDescriptor]

    init(_ reactor: Reactor, _ input: BorrowedDescriptor, _ output: BorrowedDescriptor) {
        borrowed = [input, output]
        super.init(reactor, input: input.descriptor, output: output.descriptor)
    }

    override var localAddress: TransportAddress { .other("standard streams") }
    override var peerAddress: TransportAddress { .other("standard streams") }

    override func shutDownWriting() {
        giveBack()
        super.shutDownWriting()
    }

    override func willClose() { giveBack() }

    /// The shell that started us must find its descriptors as they were.
    private func giveBack() {
        for each in borrowed { reactor.kernel.giveBack(each) }
        borrowed = []
    }
}

extension Reactor {
    /// Connects `factory`'s protocol to standard input and output, also redirected ones.
    public func openStandardStreams(_ factory: StreamFactory) throws(SystemError) -> any Transport {
        let input = try kernel.borrow(0, writable: false).get()
        let inputOwner = Descriptor(input.descriptor, of: kernel)
        let output: BorrowedDescriptor
        do {
            output = try kernel.borrow(1, writable: true).get()
        } catch {
            kernel.giveBack(input)
            throw error
        }
        _ = inputOwner.release()
        return try begin(StandardStreams(self, input, output), "standard streams", factory)
    }

    /// Takes open descriptors over as one connection; they are closed at its end.
    ///
    /// - Parameter output: the descriptor to write to; -1: nothing can be written.
    public func adoptStream(
        input: Int32, output: Int32, _ factory: StreamFactory
    ) throws(SystemError) -> any Transport {
        for descriptor in Set([input, output]) where descriptor >= 0 {
            guard let kind = kernel.status(of: descriptor)?.kind else {
                throw SystemError(EBADF, "descriptor \(descriptor)")
            }
            if kind == .regular { continue }
            _ = try kernel.setNonBlocking(descriptor).get("descriptor \(descriptor)")
        }
        for descriptor in Set([input, output]) where descriptor >= 0 { kernel.adopt(descriptor) }
        let stream = AdoptedStream(self, input: input, output: output)
        return try begin(stream, "descriptor \(input)", factory)
    }

    /// Starts a stream that stands already.
    func begin(_ stream: DescriptorStream, _ name: String, _ factory: StreamFactory)
        throws(SystemError) -> any Transport
    {
        guard let handler = factory(stream) else {
            stream.abort()
            throw SystemError(ECANCELED, "no protocol for \(name)")
        }
        stream.start(handler)
        return stream
    }
}

// The simulated kernel's calls on descriptors. Each meets the plan's faults first, then its file,
// then the trace. What a file does is its own business (SimulatedFile); what goes wrong is the
// plan's. No call of the machine's kernel is made here.
import FairleadEngine
import FairleadWire
import Glibc

extension SimulatedKernel {
    /// One call on a descriptor, without faults.
    private func call(
        _ name: Trace.Call, _ descriptor: Int32, _ argument: Int = 0,
        _ body: (SimulatedFile) -> SystemResult
    ) -> SystemResult {
        let result = entered(name, descriptor).map(body) ?? .failure(EBADF)
        return record(name, descriptor, argument, result)
    }

    // MARK: Bytes

    public func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) -> SystemResult {
        let size = buffer.count
        var result = SystemResult.failure(EBADF)
        if let file = entered(.read, descriptor) {
            if let fault = fault(on: descriptor) {
                result = fault
            } else {
                result = file.read(into: &buffer, atMost: portion(of: size, plan.rates.shortRead))
            }
        }
        // What came along is closed when nobody asked for it.
        if let stream = file(descriptor) as? SimulatedStream { release(stream.takePassengers()) }
        return record(.read, descriptor, size, result)
    }

    public func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> SystemResult {
        let size = bytes.count
        guard let file = entered(.write, descriptor) else {
            return record(.write, descriptor, size, .failure(EBADF))
        }
        let result: SystemResult
        if let fault = fault(on: descriptor) {
            result = fault
        } else {
            let portion = portion(of: size, plan.rates.shortWrite)
            result = file.write(bytes.extracting(first: portion))
            if strikes(plan.rates.reset) { file.breakDown() }
        }
        return record(.write, descriptor, size, result)
    }

    public func write(
        _ descriptor: Int32, gathering chunks: ArraySlice<[UInt8]>, skipping: Int
    ) -> SystemResult {
        var gathered: [UInt8] = []
        for chunk in chunks.prefix(64) { gathered += chunk }
        return write(descriptor, gathered.span.extracting(droppingFirst: skipping))
    }

    public func write(_ descriptor: Int32, _ bytes: Span<UInt8>, passing descriptors: [Int32])
        -> SystemResult
    {
        let files = descriptors.compactMap { file($0) }
        let size = bytes.count
        guard let stream = entered(.sendmsg, descriptor) as? SimulatedStream,
            files.count == descriptors.count
        else { return record(.sendmsg, descriptor, size, .failure(EBADF)) }
        if let fault = fault(on: descriptor) { return record(.sendmsg, descriptor, size, fault) }
        for file in files { file.references += 1 }
        return record(.sendmsg, descriptor, size, stream.write(bytes, passing: files))
    }

    public func read(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        passed descriptors: inout [Int32]
    ) -> SystemResult {
        let size = buffer.count
        guard let file = entered(.recvmsg, descriptor) else {
            return record(.recvmsg, descriptor, size, .failure(EBADF))
        }
        if let fault = fault(on: descriptor) { return record(.recvmsg, descriptor, size, fault) }
        let result = file.read(into: &buffer, atMost: size)
        for passenger in (file as? SimulatedStream)?.takePassengers() ?? [] {
            let number = install(passenger)
            release([passenger])
            if number.isSuccess {
                descriptors.append(Int32(truncatingIfNeeded: number.rawValue))
            }
        }
        return record(.recvmsg, descriptor, size, result)
    }

    // MARK: Sockets

    public func socket(_ family: SocketFamily, _ kind: SocketKind) -> SystemResult {
        if callCost > .zero { clock.advance(by: callCost) }
        let result: SystemResult
        if strikes(plan.rates.noDescriptors) {
            result = .failure(EMFILE)
        } else {
            result = install(
                kind == .stream
                    ? SimulatedStream(self, family) : SimulatedDatagramSocket(self, family))
        }
        return record(.socket, -1, 0, result)
    }

    public func bind(_ descriptor: Int32, to address: SocketAddress) -> SystemResult {
        call(.bind, descriptor) { $0.bind(to: address) }
    }

    public func listen(_ descriptor: Int32, backlog: Int32) -> SystemResult {
        call(.listen, descriptor, Int(backlog)) { $0.listen(backlog: Int(backlog)) }
    }

    public func accept(_ descriptor: Int32) -> SystemResult {
        call(.accept, descriptor) { file in
            if let fault = fault(on: descriptor) { return fault }
            if strikes(plan.rates.noDescriptors) || !hasFreeNumber { return .failure(EMFILE) }
            switch file.accept() {
            case .failure(let error): return .failure(error.code)
            case .success(let connection):
                if strikes(plan.rates.abortedAccept) {
                    connection.breakDown()
                    connection.closed()
                    return .failure(ECONNABORTED)
                }
                return install(connection)
            }
        }
    }

    public func connect(_ descriptor: Int32, to address: SocketAddress) -> SystemResult {
        call(.connect, descriptor, Int(address.port ?? 0)) { file in
            if strikes(plan.rates.interrupt) {
                // A network connection goes on being made; a local one is as before.
                if address.family != .unix { _ = file.connect(to: address) }
                return .failure(EINTR)
            }
            return file.connect(to: address)
        }
    }

    public func shutDown(_ descriptor: Int32, _ direction: ShutDownDirection) -> SystemResult {
        call(.shutdown, descriptor, direction == .writing ? 1 : 0) { $0.shutDown(direction) }
    }

    public func localAddress(of descriptor: Int32) -> SocketAddress? {
        entered(.getsockname, descriptor)?.localAddress
    }

    public func peerAddress(of descriptor: Int32) -> SocketAddress? {
        entered(.getpeername, descriptor)?.peerAddress
    }

    public func peerCredentials(of descriptor: Int32) -> PeerCredentials? {
        guard let stream = entered(.getsockopt, descriptor) as? SimulatedStream,
            stream.family == .unix
        else { return nil }
        return PeerCredentials(process: 1, user: 0, group: 0)
    }

    public func option(_ option: SocketOption, of descriptor: Int32) -> SystemResult {
        call(.getsockopt, descriptor) { $0.option(option) }
    }

    public func setOption(_ option: SocketOption, of descriptor: Int32, to value: Int32)
        -> SystemResult
    {
        call(.setsockopt, descriptor, Int(value)) { $0.setOption(option, to: value) }
    }

    // MARK: Datagrams

    public func send(_ descriptor: Int32, _ bytes: Span<UInt8>, to address: SocketAddress?)
        -> SystemResult
    {
        let size = bytes.count
        guard let socket = entered(.sendto, descriptor) as? SimulatedDatagramSocket else {
            return record(.sendto, descriptor, size, .failure(EBADF))
        }
        if let fault = fault(on: descriptor) { return record(.sendto, descriptor, size, fault) }
        if strikes(plan.rates.noBuffers) {
            return record(.sendto, descriptor, size, .failure(ENOBUFS))
        }
        return record(.sendto, descriptor, size, socket.send(bytes, to: address))
    }

    public func receive(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        from sender: inout SocketAddress?
    ) -> SystemResult {
        let size = buffer.count
        guard let socket = entered(.recvfrom, descriptor) as? SimulatedDatagramSocket else {
            return record(.recvfrom, descriptor, size, .failure(EBADF))
        }
        if let fault = fault(on: descriptor) { return record(.recvfrom, descriptor, size, fault) }
        return record(.recvfrom, descriptor, size, socket.receive(into: &buffer, from: &sender))
    }

    public func deliveryError(of descriptor: Int32, for destination: inout SocketAddress?)
        -> SystemResult
    {
        guard let socket = entered(.errqueue, descriptor) as? SimulatedDatagramSocket else {
            return record(.errqueue, descriptor, 0, .failure(EBADF))
        }
        return record(.errqueue, descriptor, 0, socket.deliveryError(for: &destination))
    }

    // MARK: Files

    public func status(of path: String) -> FileStatus? {
        lines[path]?.status ?? names.status(of: path)
    }

    public func removeFile(_ path: String) -> SystemResult {
        record(.unlink, -1, 0, names.removeFile(path))
    }

    public func setMode(_ mode: UInt32, of path: String) -> SystemResult {
        record(.chmod, -1, Int(mode), names.setMode(mode, of: path))
    }
}

// The machine's own kernel with a place to inject faults: a hook that answers takes the call's
// place, one that gives nil lets it through. Calls can be counted on the way. It invents nothing
// itself: what no hook answers is the real system's answer.
import FairleadEngine
import FairleadWire

/// The machine's own kernel, with hooks.
final class FaultyKernel: Kernel {
    let base = PosixKernel()
    /// The pollers that were made, to count what they report.
    private(set) var pollers: [CountingPoller] = []

    var onRead: ((Int32) -> SystemResult?)?
    var onWrite: ((_ descriptor: Int32, _ count: Int) -> SystemResult?)?
    var onSocket: ((SocketFamily, SocketKind) -> SystemResult?)?
    var onBind: ((Int32, SocketAddress) -> SystemResult?)?
    var onListen: ((Int32) -> SystemResult?)?
    var onAccept: ((Int32) -> SystemResult?)?
    var onConnect: ((Int32, SocketAddress) -> SystemResult?)?
    var onOption: ((SocketOption, Int32) -> SystemResult?)?
    var onSetMode: ((String) -> SystemResult?)?
    var onAdd: ((Int32) -> SystemError?)?
    /// What is counted by name: `"accept"`, `"read"`, `"write"`, `"connect"`.
    private(set) var calls: [String: Int] = [:]

    func now() -> Instant { base.now() }
    func coarseNow() -> Instant { base.coarseNow() }

    func makePoller(_ backend: Backend) throws(SystemError) -> any Poller {
        let poller = CountingPoller(try base.makePoller(backend)) { [unowned self] in onAdd?($0) }
        pollers.append(poller)
        return poller
    }

    private func count(_ call: String) { calls[call, default: 0] += 1 }

    func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) -> SystemResult {
        count("read")
        return onRead?(descriptor) ?? base.read(descriptor, into: &buffer)
    }

    func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> SystemResult {
        count("write")
        return onWrite?(descriptor, bytes.count) ?? base.write(descriptor, bytes)
    }

    func write(_ descriptor: Int32, gathering chunks: ArraySlice<[UInt8]>, skipping: Int)
        -> SystemResult
    {
        count("write")
        let size = chunks.reduce(-skipping) { $0 + $1.count }
        return onWrite?(descriptor, size)
            ?? base.write(descriptor, gathering: chunks, skipping: skipping)
    }

    func close(_ descriptor: Int32) { base.close(descriptor) }

    func socket(_ family: SocketFamily, _ kind: SocketKind) -> SystemResult {
        onSocket?(family, kind) ?? base.socket(family, kind)
    }

    func bind(_ descriptor: Int32, to address: SocketAddress) -> SystemResult {
        onBind?(descriptor, address) ?? base.bind(descriptor, to: address)
    }

    func listen(_ descriptor: Int32, backlog: Int32) -> SystemResult {
        onListen?(descriptor) ?? base.listen(descriptor, backlog: backlog)
    }

    func accept(_ descriptor: Int32) -> SystemResult {
        count("accept")
        return onAccept?(descriptor) ?? base.accept(descriptor)
    }

    func connect(_ descriptor: Int32, to address: SocketAddress) -> SystemResult {
        count("connect")
        return onConnect?(descriptor, address) ?? base.connect(descriptor, to: address)
    }

    func shutDown(_ descriptor: Int32, _ direction: ShutDownDirection) -> SystemResult {
        base.shutDown(descriptor, direction)
    }

    func localAddress(of descriptor: Int32) -> SocketAddress? { base.localAddress(of: descriptor) }
    func peerAddress(of descriptor: Int32) -> SocketAddress? { base.peerAddress(of: descriptor) }

    func option(_ option: SocketOption, of descriptor: Int32) -> SystemResult {
        onOption?(option, descriptor) ?? base.option(option, of: descriptor)
    }

    func setOption(_ option: SocketOption, of descriptor: Int32, to value: Int32) -> SystemResult {
        base.setOption(option, of: descriptor, to: value)
    }

    func setMembership(
        _ joined: Bool, of descriptor: Int32, in group: SocketAddress, interface: UInt32
    ) -> SystemResult {
        base.setMembership(joined, of: descriptor, in: group, interface: interface)
    }

    func peerCredentials(of descriptor: Int32) -> PeerCredentials? {
        base.peerCredentials(of: descriptor)
    }

    func write(_ descriptor: Int32, _ bytes: Span<UInt8>, passing descriptors: [Int32])
        -> SystemResult
    { base.write(descriptor, bytes, passing: descriptors) }

    func read(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        passed descriptors: inout [Int32]
    ) -> SystemResult { base.read(descriptor, into: &buffer, passed: &descriptors) }

    func send(_ descriptor: Int32, _ bytes: Span<UInt8>, to address: SocketAddress?)
        -> SystemResult
    { onWrite?(descriptor, bytes.count) ?? base.send(descriptor, bytes, to: address) }

    func receive(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        from sender: inout SocketAddress?
    ) -> SystemResult { base.receive(descriptor, into: &buffer, from: &sender) }

    func deliveryError(of descriptor: Int32, for destination: inout SocketAddress?)
        -> SystemResult
    { base.deliveryError(of: descriptor, for: &destination) }

    func status(of path: String) -> FileStatus? { base.status(of: path) }
    func removeFile(_ path: String) -> SystemResult { base.removeFile(path) }
    func setMode(_ mode: UInt32, of path: String) -> SystemResult {
        onSetMode?(path) ?? base.setMode(mode, of: path)
    }
    func setMode(_ mode: UInt32, of descriptor: Int32) -> SystemResult {
        base.setMode(mode, of: descriptor)
    }
}

/// A poller that counts what it reports, to find loops that spin.
final class CountingPoller: Poller {
    private(set) var reports = 0
    private let base: any Poller
    private let onAdd: (Int32) -> SystemError?

    init(_ base: any Poller, onAdd: @escaping (Int32) -> SystemError?) {
        self.base = base
        self.onAdd = onAdd
    }

    var name: String { base.name }
    var descriptor: Int32? { base.descriptor }
    var waker: any Waker { base.waker }

    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        if let error = onAdd(descriptor) { throw error }
        try base.add(descriptor, interest, token)
    }

    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError) {
        try base.modify(descriptor, interest, token)
    }

    func remove(_ descriptor: Int32, _ token: Token) { base.remove(descriptor, token) }

    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError) {
        let before = events.count
        try base.wait(until: deadline, into: &events)
        reports += events.count - before
    }

    func close() { base.close() }
}

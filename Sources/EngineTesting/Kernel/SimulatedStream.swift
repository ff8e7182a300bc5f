// A stream socket of the simulated kernel, TCP or UNIX, with the manners of Linux that matter to
// an event loop: what has arrived is readable before an error or an end; an error is told once;
// hang-up means that both directions are over; closing with unread bytes resets; bytes that
// arrive at a closed socket reset. A UNIX peer that has closed is hung up at once, TCP takes
// its time. It must never know a poller: readiness is computed from its state when asked for.
import FairleadEngine
import FairleadWire
import Glibc

/// A simulated stream socket.
final class SimulatedStream: SimulatedFile {
    enum State {
        case fresh
        case listening
        case connecting
        case connected
        /// The attempt to connect failed.
        case failed
        case closed
    }

    let family: SocketFamily
    private(set) var state = State.fresh
    private var local: SocketAddress?
    private var remote: SocketAddress?
    private var incoming: SimulatedPipe?
    private var outgoing: SimulatedPipe?
    private weak var peer: SimulatedStream?
    private var isReset = false
    private var peerIsGone = false
    private var writingEnded = false
    private var readingEnded = false
    private var resetsOnClose = false
    private var backlog: [SimulatedStream] = []
    private var backlogLimit = 0

    init(_ kernel: SimulatedKernel, _ family: SocketFamily) {
        self.family = family
        super.init(kernel)
    }

    private var isUnix: Bool { family == .unix }
    private var hasRoomInBacklog: Bool { backlog.count <= backlogLimit }

    override var localAddress: SocketAddress? {
        local ?? (isUnix ? .unnamed : .ipv4(.any, port: 0))
    }

    override var peerAddress: SocketAddress? {
        state == .connected && !isReset ? remote : nil
    }

    // MARK: Readiness

    override var readiness: Readiness {
        switch state {
        case .fresh: return [.writable, .hangUp]
        case .listening: return backlog.isEmpty ? [] : .readable
        case .connecting, .closed: return []
        case .failed:
            return pendingError == 0
                ? [.readable, .writable, .hangUp] : [.readable, .writable, .hangUp, .error]
        case .connected: return connectedReadiness
        }
    }

    private var connectedReadiness: Readiness {
        guard let incoming, let outgoing else { return [] }
        var result: Readiness = []
        if incoming.arrived > 0 || incoming.hasEnded || isReset || peerIsGone || readingEnded
            || pendingError != 0
        {
            result.insert(.readable)
        }
        // As on Linux: not at the first free byte, or each would cost a turn.
        let hasRoom = outgoing.free * 3 >= outgoing.capacity
        if hasRoom || isReset || peerIsGone || writingEnded { result.insert(.writable) }
        if isReset || peerIsGone || (incoming.hasEnded && writingEnded) { result.insert(.hangUp) }
        if pendingError != 0 { result.insert(.error) }
        return result
    }

    // MARK: Bytes

    override func read(into buffer: inout MutableSpan<UInt8>, atMost limit: Int) -> SystemResult {
        guard state != .connecting else { return .failure(EAGAIN) }
        if let incoming, incoming.arrived > 0 {
            return SystemResult(incoming.receive(into: &buffer, atMost: limit))
        }
        if pendingError != 0 { return .failure(takePendingError()) }
        guard state == .connected, let incoming else { return .failure(ENOTCONN) }
        let isOver = incoming.hasEnded || isReset || peerIsGone || readingEnded
        return isOver ? .success : .failure(EAGAIN)
    }

    override func write(_ bytes: Span<UInt8>) -> SystemResult {
        guard state != .connecting else { return .failure(EAGAIN) }
        if pendingError != 0 { return .failure(takePendingError()) }
        guard state == .connected, let outgoing else { return .failure(ENOTCONN) }
        if isReset || writingEnded || peerIsGone { return .failure(EPIPE) }
        let sent = outgoing.send(bytes)
        if sent == 0, bytes.count > 0 { return .failure(EAGAIN) }
        travel(outgoing) { [weak self] pipe in
            pipe.arrive(sent)
            if pipe.readerIsGone { self?.answeredWithReset() }
        }
        return SystemResult(sent)
    }

    /// Bytes and descriptors: these travel with the first byte, which must find room.
    func write(_ bytes: Span<UInt8>, passing files: [SimulatedFile]) -> SystemResult {
        guard isUnix, let outgoing else { return write(bytes) }
        if outgoing.free == 0 { return .failure(EAGAIN) }
        outgoing.send(files)
        let result = write(bytes)
        if result.rawValue <= 0 { kernel.release(outgoing.takeAllPassengers()) }
        return result
    }

    /// The descriptors that came with what was read.
    func takePassengers() -> [SimulatedFile] { incoming?.takePassengers() ?? [] }

    /// Lets something arrive at the other end of a pipe, behind all that is under way there.
    private func travel(_ pipe: SimulatedPipe, _ arrival: @escaping (SimulatedPipe) -> Void) {
        let now = kernel.clock.now
        let travelTime = isUnix ? Duration.zero : kernel.plan.travelTime()
        let time = max(now + travelTime, pipe.lastArrival)
        pipe.lastArrival = time
        if time <= now, pipe.underway == 0 { return arrival(pipe) }
        let epoch = pipe.epoch
        pipe.underway += 1
        kernel.agenda.add(at: time) {
            pipe.underway -= 1
            if pipe.epoch == epoch { arrival(pipe) }
        }
    }

    override func shutDown(_ direction: ShutDownDirection) -> SystemResult {
        guard state == .connected, !isReset else { return .failure(ENOTCONN) }
        if direction == .reading {
            readingEnded = true
        } else if !writingEnded, let outgoing {
            writingEnded = true
            travel(outgoing) { $0.hasEnded = true }
        }
        return .success
    }

    override func setOption(_ option: SocketOption, to value: Int32) -> SystemResult {
        if option == .resetOnClose { resetsOnClose = value != 0 }
        return .success
    }

    override func option(_ option: SocketOption) -> SystemResult {
        switch option {
        case .bytesWaiting: SystemResult(incoming?.arrived ?? 0)
        default: super.option(option)
        }
    }

    // MARK: Connecting

    override func bind(to address: SocketAddress) -> SystemResult {
        guard local == nil else { return .failure(EINVAL) }
        guard address.family == family else { return .failure(EAFNOSUPPORT) }
        let result = kernel.names.bind(self, .stream, to: address, by: kernel)
        if case .success(let name) = result { local = name }
        return SystemResult(result)
    }

    override func listen(backlog limit: Int) -> SystemResult {
        guard state == .fresh || state == .listening else { return .failure(EINVAL) }
        state = .listening
        backlogLimit = max(limit, 1)
        return .success
    }

    override func accept() -> Result<SimulatedFile, SystemError> {
        guard state == .listening else { return .failure(SystemError(EINVAL, "accept")) }
        guard !backlog.isEmpty else { return .failure(SystemError(EAGAIN, "accept")) }
        return .success(backlog.removeFirst())
    }

    override func connect(to address: SocketAddress) -> SystemResult {
        switch state {
        case .connecting: return .failure(EALREADY)
        case .connected: return .failure(EISCONN)
        case .listening, .closed: return .failure(EINVAL)
        case .fresh, .failed: break
        }
        guard address.family == family else { return .failure(EAFNOSUPPORT) }
        return isUnix ? connectUnix(address) : connectOverNetwork(address)
    }

    private func connectUnix(_ address: SocketAddress) -> SystemResult {
        guard let listener = kernel.names.stream(at: address) else {
            return .failure(kernel.names.exists(address) ? ECONNREFUSED : ENOENT)
        }
        guard listener.state == .listening else { return .failure(ECONNREFUSED) }
        guard listener.hasRoomInBacklog else { return .failure(EAGAIN) }
        join(listener, address)
        return .success
    }

    private func connectOverNetwork(_ address: SocketAddress) -> SystemResult {
        if local == nil {
            guard bind(to: SimulatedNames.anyPort(like: address)).isSuccess else {
                return .failure(EADDRNOTAVAIL)
            }
        }
        state = .connecting
        remote = address
        if kernel.strikes(kernel.plan.rates.lateFailure) {
            let causes = [ETIMEDOUT, ECONNREFUSED, EHOSTUNREACH, ENETUNREACH]
            let code = kernel.plan.generator.pick(causes) ?? ETIMEDOUT
            let delay = kernel.plan.generator.time(below: .seconds(4))
            kernel.after(delay) { [weak self] in self?.connectFailed(code) }
        } else if !kernel.blackHoles.contains(address) {
            kernel.after(kernel.plan.travelTime()) { [weak self] in self?.knock(address, 1) }
        }
        return .failure(EINPROGRESS)
    }

    /// The first packet has arrived; where the backlog is full it is sent again, as TCP does.
    private func knock(_ address: SocketAddress, _ attempt: Int) {
        guard state == .connecting else { return }
        guard let listener = kernel.names.stream(at: address), listener.state == .listening else {
            return connectFailed(ECONNREFUSED)
        }
        if listener.hasRoomInBacklog {
            let other = join(listener, address)
            if kernel.strikes(kernel.plan.rates.stillborn) { other.breakDown() }
        } else if attempt > 5 {
            connectFailed(ETIMEDOUT)
        } else {
            kernel.after(.seconds(1 << attempt)) { [weak self] in
                self?.knock(address, attempt + 1)
            }
        }
    }

    private func connectFailed(_ code: Int32) {
        guard state == .connecting else { return }
        state = .failed
        pendingError = code
    }

    @discardableResult
    private func join(_ listener: SimulatedStream, _ address: SocketAddress) -> SimulatedStream {
        let other = SimulatedStream(kernel, family)
        other.local = address
        connect(with: other)
        remote = address
        other.remote = local ?? .unnamed
        listener.backlog.append(other)
        return other
    }

    /// Makes a connection of two sockets.
    func connect(with other: SimulatedStream) {
        let there = SimulatedPipe(capacity: kernel.pipeCapacity)
        let back = SimulatedPipe(capacity: kernel.pipeCapacity)
        outgoing = there
        incoming = back
        other.outgoing = back
        other.incoming = there
        peer = other
        other.peer = self
        state = .connected
        other.state = .connected
        remote = other.local ?? .unnamed
        other.remote = local ?? .unnamed
    }

    // MARK: The end

    /// The network resets the connection: both ends hear of it.
    override func breakDown() {
        guard state == .connected, !isReset else { return }
        peer?.receiveReset()
        receiveReset()
    }

    /// Our bytes came to a socket that is closed.
    private func answeredWithReset() {
        incoming?.dropUnderway()
        receiveReset()
    }

    private func receiveReset() {
        guard state == .connected, !isReset else { return }
        isReset = true
        pendingError = incoming?.hasEnded == true ? EPIPE : ECONNRESET
        outgoing?.dropUnderway()
        incoming?.dropUnderway()
    }

    override func closed() {
        let was = state
        state = .closed
        kernel.names.release(self, local)
        if was == .listening {
            for waiting in backlog {
                waiting.resetsOnClose = true
                waiting.closed()
            }
            backlog = []
        }
        guard was == .connected, let incoming, let outgoing else { return }
        let unread = incoming.arrived > 0
        incoming.readerIsGone = true
        kernel.release(incoming.takeAllPassengers())
        if isUnix {
            peer?.unixPeerClosed(unread: unread)
        } else if isReset {
            return
        } else if resetsOnClose || unread {
            outgoing.dropUnderway()
            sendReset()
        } else if !writingEnded {
            travel(outgoing) { $0.hasEnded = true }
        }
        incoming.dropArrived()
    }

    private func sendReset() {
        let other = peer
        kernel.after(kernel.plan.travelTime()) { [weak other] in other?.receiveReset() }
    }

    private func unixPeerClosed(unread: Bool) {
        peerIsGone = true
        if unread { pendingError = ECONNRESET }
    }
}

extension SystemResult {
    /// The error number of a failure, else success.
    init<Value>(_ result: Result<Value, SystemError>) {
        switch result {
        case .success: self = .success
        case .failure(let error): self = .failure(error.code)
        }
    }
}

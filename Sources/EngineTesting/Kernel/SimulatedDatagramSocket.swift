import FairleadEngine
import FairleadWire
import Glibc

/// A simulated datagram socket: a bounded queue of datagrams, each of which may get lost.
final class SimulatedDatagramSocket: SimulatedFile {
    /// The longest datagram, as of UDP over IPv4.
    static let longest = 65_507
    /// Datagrams that wait; further ones are lost.
    static let queueLimit = 64

    let family: SocketFamily
    private var local: SocketAddress?
    private var remote: SocketAddress?
    private var queue: [(bytes: [UInt8], sender: SocketAddress)] = []
    private var deliveryErrors: [(code: Int32, destination: SocketAddress)] = []
    private var isClosed = false

    init(_ kernel: SimulatedKernel, _ family: SocketFamily) {
        self.family = family
        super.init(kernel)
    }

    override var localAddress: SocketAddress? {
        local ?? (family == .unix ? .unnamed : .ipv4(.any, port: 0))
    }

    override var peerAddress: SocketAddress? { remote }

    override var readiness: Readiness {
        var result: Readiness = .writable
        if !queue.isEmpty || pendingError != 0 { result.insert(.readable) }
        if pendingError != 0 || !deliveryErrors.isEmpty { result.insert(.error) }
        return result
    }

    override func bind(to address: SocketAddress) -> SystemResult {
        guard local == nil else { return .failure(EINVAL) }
        guard address.family == family else { return .failure(EAFNOSUPPORT) }
        let result = kernel.names.bind(self, .datagram, to: address, by: kernel)
        if case .success(let name) = result { local = name }
        return SystemResult(result)
    }

    override func connect(to address: SocketAddress) -> SystemResult {
        guard address.family == family else { return .failure(EAFNOSUPPORT) }
        remote = address
        return .success
    }

    func send(_ bytes: Span<UInt8>, to address: SocketAddress?) -> SystemResult {
        if pendingError != 0 { return .failure(takePendingError()) }
        guard let target = address ?? remote else { return .failure(EDESTADDRREQ) }
        if bytes.count > Self.longest { return .failure(EMSGSIZE) }
        if local == nil, family != .unix {
            let result = bind(to: SimulatedNames.anyPort(like: target))
            if !result.isSuccess { return result }
        }
        let size = bytes.count
        if kernel.strikes(kernel.plan.rates.loss) { return SystemResult(size) }
        let copy = [UInt8](copying: bytes)
        let sender = local ?? .unnamed
        kernel.after(family == .unix ? .zero : kernel.plan.travelTime()) { [weak self, kernel] in
            if let other = kernel.names.datagramSocket(at: target) {
                other.arrive(copy, from: sender)
            } else {
                self?.refused(target)
            }
        }
        return SystemResult(size)
    }

    private func arrive(_ bytes: [UInt8], from sender: SocketAddress) {
        if let remote, remote != sender { return }
        if queue.count < Self.queueLimit { queue.append((bytes, sender)) }
    }

    /// ICMP: nobody is at the address.
    private func refused(_ destination: SocketAddress) {
        if isClosed || family == .unix || deliveryErrors.count >= Self.queueLimit { return }
        deliveryErrors.append((ECONNREFUSED, destination))
        if remote == destination { pendingError = ECONNREFUSED }
    }

    func receive(into buffer: inout MutableSpan<UInt8>, from sender: inout SocketAddress?)
        -> SystemResult
    {
        if pendingError != 0 { return .failure(takePendingError()) }
        guard !queue.isEmpty else { return .failure(EAGAIN) }
        let next = queue.removeFirst()
        sender = next.sender
        return SystemResult(buffer.fill(copying: next.bytes.span))
    }

    func deliveryError(for destination: inout SocketAddress?) -> SystemResult {
        guard !deliveryErrors.isEmpty else { return .failure(EAGAIN) }
        let next = deliveryErrors.removeFirst()
        destination = next.destination
        return SystemResult(next.code)
    }

    override func read(into buffer: inout MutableSpan<UInt8>, atMost limit: Int) -> SystemResult {
        var sender: SocketAddress?
        return receive(into: &buffer, from: &sender)
    }

    override func write(_ bytes: Span<UInt8>) -> SystemResult { send(bytes, to: nil) }

    override func closed() {
        isClosed = true
        queue = []
        kernel.names.release(self, local)
    }
}

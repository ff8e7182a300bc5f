// The machine's own sockets: one system call for each call of the seam, and the translation of
// families, options and addresses into the kernel's numbers. It must never know what a socket is
// for, retry anything, nor keep anything: what to do about an answer is the caller's business.
import CSystem
import FairleadWire
import Glibc

extension PosixKernel {
    public func socket(_ family: SocketFamily, _ kind: SocketKind) -> SystemResult {
        let domain =
            switch family {
            case .ipv4: AF_INET
            case .ipv6: AF_INET6
            case .unix: AF_UNIX
            }
        return opened(fl_socket(domain, kind == .stream ? 1 : 0))
    }

    public func bind(_ descriptor: Int32, to address: SocketAddress) -> SystemResult {
        unsafe address.withKernelForm { form, size in
            unsafe SystemResult(fl_bind(descriptor, form, size))
        }
    }

    public func listen(_ descriptor: Int32, backlog: Int32) -> SystemResult {
        SystemResult(fl_listen(descriptor, backlog))
    }

    public func accept(_ descriptor: Int32) -> SystemResult { opened(fl_accept(descriptor)) }

    public func connect(_ descriptor: Int32, to address: SocketAddress) -> SystemResult {
        unsafe address.withKernelForm { form, size in
            unsafe SystemResult(fl_connect(descriptor, form, size))
        }
    }

    public func shutDown(_ descriptor: Int32, _ direction: ShutDownDirection) -> SystemResult {
        SystemResult(fl_shutdown(descriptor, direction == .writing ? 1 : 0))
    }

    public func localAddress(of descriptor: Int32) -> SocketAddress? {
        unsafe readAddress { unsafe fl_getsockname(descriptor, $0, $1) }
    }

    public func peerAddress(of descriptor: Int32) -> SocketAddress? {
        unsafe readAddress { unsafe fl_getpeername(descriptor, $0, $1) }
    }

    public func option(_ option: SocketOption, of descriptor: Int32) -> SystemResult {
        if option == .bytesWaiting { return SystemResult(fl_bytes_waiting(descriptor)) }
        guard let (level, name) = Self.numbers(of: option) else { return .failure(ENOPROTOOPT) }
        return SystemResult(fl_getsockopt(descriptor, level, name))
    }

    public func setOption(_ option: SocketOption, of descriptor: Int32, to value: Int32)
        -> SystemResult
    {
        if option == .resetOnClose { return SystemResult(fl_reset_on_close(descriptor)) }
        if let result = setByFamily(option, of: descriptor, to: value) { return result }
        guard let (level, name) = Self.numbers(of: option) else { return .failure(ENOPROTOOPT) }
        return SystemResult(fl_setsockopt(descriptor, level, name, value))
    }

    public func send(_ descriptor: Int32, _ bytes: Span<UInt8>, to address: SocketAddress?)
        -> SystemResult
    {
        unsafe bytes.withUnsafeBytes { raw in
            guard let address else {
                return unsafe SystemResult(
                    Int(fl_send(descriptor, raw.baseAddress, raw.count, nil, 0)))
            }
            return unsafe address.withKernelForm { form, size in
                unsafe SystemResult(
                    Int(fl_send(descriptor, raw.baseAddress, raw.count, form, size)))
            }
        }
    }

    public func receive(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        from sender: inout SocketAddress?
    ) -> SystemResult {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe buffer.withUnsafeMutableBytes { raw in
            unsafe fl_receive(descriptor, raw.baseAddress, raw.count, &storage, &length)
        }
        sender = result >= 0 ? SocketAddress.read(storage, length: Int(length)) : nil
        return SystemResult(Int(result))
    }

    private func readAddress(
        _ call: (UnsafeMutablePointer<sockaddr_storage>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        guard unsafe call(&storage, &length) >= 0 else { return nil }
        return SocketAddress.read(storage, length: Int(length))
    }

    /// Level and name of the options whose value is a plain integer.
    private static func numbers(of option: SocketOption) -> (level: Int32, name: Int32)? {
        switch option {
        case .noDelay: (Int32(IPPROTO_TCP), TCP_NODELAY)
        case .keepAlive: (SOL_SOCKET, SO_KEEPALIVE)
        case .keepAliveIdle: (Int32(IPPROTO_TCP), TCP_KEEPIDLE)
        case .keepAliveInterval: (Int32(IPPROTO_TCP), TCP_KEEPINTVL)
        case .keepAliveCount: (Int32(IPPROTO_TCP), TCP_KEEPCNT)
        case .bindAddressOnly: (Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT)
        case .reuseAddress: (SOL_SOCKET, SO_REUSEADDR)
        case .reusePort: (SOL_SOCKET, SO_REUSEPORT)
        case .ipv6Only: (Int32(IPPROTO_IPV6), IPV6_V6ONLY)
        case .broadcast: (SOL_SOCKET, SO_BROADCAST)
        case .pendingError: (SOL_SOCKET, SO_ERROR)
        case .receiveBuffer: (SOL_SOCKET, SO_RCVBUF)
        case .sendBuffer: (SOL_SOCKET, SO_SNDBUF)
        default: nil
        }
    }

    /// The options that have one name for each address family; nil for all others.
    private func setByFamily(_ option: SocketOption, of descriptor: Int32, to value: Int32)
        -> SystemResult?
    {
        let isIPv6 = localAddress(of: descriptor)?.family == .ipv6
        let name: Int32
        switch option {
        case .multicastHops: name = isIPv6 ? IPV6_MULTICAST_HOPS : IP_MULTICAST_TTL
        case .multicastLoop: name = isIPv6 ? IPV6_MULTICAST_LOOP : IP_MULTICAST_LOOP
        case .deliveryErrors: name = isIPv6 ? IPV6_RECVERR : IP_RECVERR
        case .multicastInterface:
            return SystemResult(
                fl_multicast_interface(descriptor, isIPv6 ? 1 : 0, UInt32(clamping: value)))
        default: return nil
        }
        let level = Int32(isIPv6 ? IPPROTO_IPV6 : IPPROTO_IP)
        return SystemResult(fl_setsockopt(descriptor, level, name, value))
    }

    public func setMembership(
        _ joined: Bool, of descriptor: Int32, in group: SocketAddress, interface: UInt32
    ) -> SystemResult {
        unsafe group.withKernelForm { form, size in
            unsafe SystemResult(
                fl_multicast_membership(descriptor, joined ? 1 : 0, form, size, interface))
        }
    }

    public func peerCredentials(of descriptor: Int32) -> PeerCredentials? {
        var process: Int32 = 0
        var user: UInt32 = 0
        var group: UInt32 = 0
        guard unsafe fl_peer_credentials(descriptor, &process, &user, &group) == 0 else {
            return nil
        }
        return PeerCredentials(process: process, user: user, group: group)
    }

    public func write(_ descriptor: Int32, _ bytes: Span<UInt8>, passing descriptors: [Int32])
        -> SystemResult
    {
        unsafe bytes.withUnsafeBytes { raw in
            unsafe descriptors.withUnsafeBufferPointer { passed in
                unsafe SystemResult(
                    Int(
                        fl_send_descriptors(
                            descriptor, raw.baseAddress, raw.count, passed.baseAddress,
                            Int32(clamping: passed.count))))
            }
        }
    }

    public func read(
        _ descriptor: Int32, into buffer: inout MutableSpan<UInt8>,
        passed descriptors: inout [Int32]
    ) -> SystemResult {
        var passed = [Int32](repeating: -1, count: 16)
        var count: Int32 = 0
        let result = unsafe buffer.withUnsafeMutableBytes { raw in
            unsafe fl_receive_descriptors(
                descriptor, raw.baseAddress, raw.count, &passed, 16, &count)
        }
        descriptors.append(contentsOf: passed.prefix(Int(count)))
        openDescriptors += Int(count)
        return SystemResult(Int(result))
    }

    public func deliveryError(of descriptor: Int32, for destination: inout SocketAddress?)
        -> SystemResult
    {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe fl_delivery_error(descriptor, &storage, &length)
        destination = result >= 0 ? SocketAddress.read(storage, length: Int(length)) : nil
        return SystemResult(result)
    }
}

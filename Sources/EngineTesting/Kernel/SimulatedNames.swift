// What simulated sockets are bound to: Internet addresses, abstract names, socket files. The
// tables are only ever asked for one key, never walked: the order of a dictionary depends on
// the process, and a simulation must not.
import FairleadEngine
import FairleadWire
import Glibc

/// The names of a simulated kernel.
struct SimulatedNames {
    private struct Key: Hashable {
        let kind: SocketKind
        let address: SocketAddress
    }

    private struct Holder {
        weak var file: SimulatedFile?
    }

    private var bound: [Key: Holder] = [:]
    private var files: [String: FileStatus] = [:]
    private var lastInode: UInt64 = 100
    private var lastPort: UInt16 = 49151

    /// Binds the socket; gives the name with the port that was chosen.
    mutating func bind(
        _ file: SimulatedFile, _ kind: SocketKind, to address: SocketAddress,
        by kernel: SimulatedKernel
    ) -> Result<SocketAddress, SystemError> {
        var name = address
        if address.port == 0 {
            name = Self.with(port: freePort(kind, address), address)
        }
        let key = Key(kind: kind, address: name)
        if bound[key]?.file != nil { return .failure(SystemError(EADDRINUSE, "bind")) }
        if case .unix(let path) = name {
            if files[path] != nil { return .failure(SystemError(EADDRINUSE, "bind")) }
            addFile(path, .socket)
        }
        bound[key] = Holder(file: file)
        return .success(name)
    }

    /// The socket is closed; the file of a UNIX socket stays, as in life.
    mutating func release(_ file: SimulatedFile, _ address: SocketAddress?) {
        guard let address else { return }
        for kind in SocketKind.allCases {
            let key = Key(kind: kind, address: address)
            if bound[key]?.file === file { bound[key] = nil }
        }
    }

    /// The stream socket that a connection to `address` would meet.
    func stream(at address: SocketAddress) -> SimulatedStream? {
        socket(.stream, at: address) as? SimulatedStream
    }

    /// The datagram socket that `address` means.
    func datagramSocket(at address: SocketAddress) -> SimulatedDatagramSocket? {
        socket(.datagram, at: address) as? SimulatedDatagramSocket
    }

    private func socket(_ kind: SocketKind, at address: SocketAddress) -> SimulatedFile? {
        if case .unix(let path) = address, files[path] == nil { return nil }
        if let file = bound[Key(kind: kind, address: address)]?.file { return file }
        guard let wildcard = Self.wildcard(address) else { return nil }
        return bound[Key(kind: kind, address: wildcard)]?.file
    }

    // MARK: Files

    mutating func addFile(_ path: String, _ kind: FileStatus.Kind) {
        lastInode += 1
        files[path] = FileStatus(kind: kind, device: 1, inode: lastInode, mode: 0o755)
    }

    func status(of path: String) -> FileStatus? { files[path] }

    /// Whether a UNIX address names something, alive or not.
    func exists(_ address: SocketAddress) -> Bool {
        switch address {
        case .unix(let path): files[path] != nil
        default: true
        }
    }

    mutating func removeFile(_ path: String) -> SystemResult {
        if files.removeValue(forKey: path) == nil { return .failure(ENOENT) }
        // The name is free for another socket; the old one, if alive, cannot be reached any more.
        for kind in SocketKind.allCases { bound[Key(kind: kind, address: .unix(path: path))] = nil }
        return .success
    }

    mutating func setMode(_ mode: UInt32, of path: String) -> SystemResult {
        if files[path] == nil { return .failure(ENOENT) }
        files[path]?.mode = mode
        return .success
    }

    // MARK: Ports

    private mutating func freePort(_ kind: SocketKind, _ address: SocketAddress) -> UInt16 {
        for _ in 0..<16_384 {
            lastPort = lastPort == .max ? 49152 : lastPort + 1
            let key = Key(kind: kind, address: Self.with(port: lastPort, address))
            if bound[key]?.file == nil { break }
        }
        return lastPort
    }

    private static func with(port: UInt16, _ address: SocketAddress) -> SocketAddress {
        switch address {
        case .ipv4(let host, _): .ipv4(host, port: port)
        case .ipv6(let host, _, let scope): .ipv6(host, port: port, scope: scope)
        default: address
        }
    }

    private static func wildcard(_ address: SocketAddress) -> SocketAddress? {
        switch address {
        case .ipv4(_, let port): .ipv4(.any, port: port)
        case .ipv6(_, let port, _): .ipv6(.any, port: port)
        default: nil
        }
    }

    /// The loopback address of the family, with a port of the kernel's choice.
    static func anyPort(like address: SocketAddress) -> SocketAddress {
        address.family == .ipv6 ? .ipv6(.loopback, port: 0) : .ipv4(.loopback, port: 0)
    }
}

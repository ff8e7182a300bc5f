import FairleadWire

/// The address of one end of a socket.
public enum SocketAddress: Hashable, Sendable, CustomStringConvertible {
    case ipv4(IPv4Address, port: UInt16)
    /// `scope` is the interface index of a link-local address, else 0.
    case ipv6(IPv6Address, port: UInt16, scope: UInt32 = 0)
    /// A socket file.
    case unix(path: String)
    /// A name in Linux's abstract namespace, without the leading NUL.
    case abstract(name: [UInt8])
    /// A UNIX socket without a name, as clients have.
    case unnamed

    /// An IPv4 or IPv6 address from its text form.
    ///
    /// An IPv6 address may name its zone (RFC 4007, 11), by interface or by index: `fe80::1%eth0`.
    public init?(literal: String, port: UInt16) {
        if let address = IPv4Address(literal) {
            self = .ipv4(address, port: port)
        } else if let address = IPv6Address(literal) {
            self = .ipv6(address, port: port)
        } else if let mark = literal.firstIndex(of: "%"),
            let address = IPv6Address(String(literal[..<mark])),
            let scope = Self.scope(String(literal[literal.index(after: mark)...]))
        {
            self = .ipv6(address, port: port, scope: scope)
        } else {
            return nil
        }
    }

    private static func scope(_ zone: String) -> UInt32? {
        if let index = UInt32(zone), index > 0 { return index }
        let index = networkInterfaceIndex(zone)
        return index > 0 ? index : nil
    }

    public var family: SocketFamily {
        switch self {
        case .ipv4: .ipv4
        case .ipv6: .ipv6
        case .unix, .abstract, .unnamed: .unix
        }
    }

    /// The port of an Internet address.
    public var port: UInt16? {
        switch self {
        case .ipv4(_, let port), .ipv6(_, let port, _): port
        case .unix, .abstract, .unnamed: nil
        }
    }

    /// The address without its port: what limits per peer count by.
    public var host: String {
        switch self {
        case .ipv4(let address, _): address.description
        case .ipv6(let address, _, _): address.description
        case .unix, .abstract, .unnamed: description
        }
    }

    /// `127.0.0.1:8000`, `[::1]:8000`, a path, `@abstract`, or `unnamed`.
    public var description: String {
        switch self {
        case .ipv4(let address, let port): "\(address):\(port)"
        case .ipv6(let address, let port, let scope):
            scope == 0 ? "[\(address)]:\(port)" : "[\(address)%\(scope)]:\(port)"
        case .unix(let path): path
        case .abstract(let name): "@" + String(decoding: name, as: UTF8.self)
        case .unnamed: "unnamed"
        }
    }
}

// A service on a loopback address is reachable from every page that the user's browser shows: a
// name of the attacker's is made to point to 127.0.0.1 (DNS rebinding), or a page of his opens a
// WebSocket to it. Both are told apart by what the browser writes itself: Host and Origin. Names
// are compared whole, never by their ends.
import FairleadHTTPWire

/// Names by which a server may be addressed.
public struct HostList: Hashable, Sendable {
    private let hosts: Set<String>

    /// - Parameter hosts: names or addresses, without ports; an IPv6 address without brackets.
    public init(_ hosts: some Sequence<String>) {
        self.hosts = Set(hosts.map { $0.lowercased() })
    }

    /// This machine, as itself knows it.
    public static let loopback = HostList(["localhost", "127.0.0.1", "::1"])

    /// These names and more.
    public func adding(_ more: some Sequence<String>) -> HostList { HostList(hosts.union(more)) }

    /// Whether a Host field's value, with or without port, names one of them.
    public func allows(host: String) -> Bool {
        guard let authority = Authority(host) else { return false }
        return hosts.contains(authority.host)
    }

    /// Whether an Origin field's value is a page of one of them; `null` is none.
    public func allows(origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return allows(host: String(origin.dropFirst(scheme.count)))
        }
        return false
    }
}

// `http://host:port/path?query` for clients: absolute, and relative to another by RFC 3986,
// 5.2. Only http, https, ws and wss; no user information, for a password in an address ends up in
// logs. What must be encoded is encoded, so that a target is visible ASCII whatever was given.
import FairleadWire

/// The address of something on the web.
public struct HTTPURL: Hashable, Sendable, CustomStringConvertible {
    /// The scheme in lower case: `http`, `https`, `ws` or `wss`.
    public let scheme: String
    public let authority: Authority
    /// The path and the query, as they go into a request: encoded, with a slash first.
    public let target: String

    /// Reads an absolute address; nil for anything else.
    public init?(_ text: String) {
        // Browsers take a backslash for a slash, others do not: two readers, two hosts.
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            !text.utf8.contains(UInt8(ascii: "\\"))
        else { return nil }
        let scheme = String(decoding: text.utf8[..<colon], as: UTF8.self).lowercased()
        let rest = Substring(decoding: text.utf8[colon...].dropFirst(), as: UTF8.self)
        guard Self.ports[scheme] != nil, rest.beginsWith("//") else { return nil }
        let after = rest.behind(2)
        let end = after.utf8.firstIndex { Self.endsAuthority($0) } ?? after.utf8.endIndex
        let host = String(decoding: after.utf8[..<end], as: UTF8.self)
        guard let authority = Authority(host) else { return nil }
        self.init(scheme, authority, String(decoding: after.utf8[end...], as: UTF8.self))
    }

    private init(_ scheme: String, _ authority: Authority, _ tail: String) {
        self.scheme = scheme
        self.authority = authority
        let shown = tail.parts(by: "#", atMost: 2).first ?? ""
        let parts = shown.parts(by: "?", atMost: 2)
        let path = Self.withoutDots(String(parts.first ?? ""))
        let query = parts.count > 1 ? "?" + Self.encoded(String(parts[1])) : ""
        target = Self.encoded(path) + query
    }

    private static let ports: [String: UInt16] = ["http": 80, "ws": 80, "https": 443, "wss": 443]

    /// The port, that of the scheme unless it is said.
    public var port: UInt16 { authority.port ?? Self.ports[scheme] ?? 80 }
    public var host: String { authority.host }
    /// Whether it needs TLS.
    public var isSecure: Bool { scheme == "https" || scheme == "wss" }
    /// The value of a Host field: without the port where it is the scheme's own.
    public var hostField: String {
        Authority(host: host, port: port == Self.ports[scheme] ? nil : port).description
    }

    /// Whether both are of one origin: scheme, host and port (RFC 6454).
    public func isSameOrigin(as other: HTTPURL) -> Bool {
        isSecure == other.isSecure && host == other.host && port == other.port
    }

    public var description: String { "\(scheme)://\(hostField)\(target)" }

    /// What a reference on this page leads to; nil for one that is no address of the web.
    public func resolving(_ reference: String) -> HTTPURL? {
        if let absolute = HTTPURL(reference) { return absolute }
        if reference.beginsWith("//") { return HTTPURL("\(scheme):\(reference)") }
        let head = reference.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        if head.contains(UInt8(ascii: ":")) { return nil }
        if reference.beginsWith("/") { return HTTPURL(scheme, authority, reference) }
        let path = target.parts(by: "?").first ?? "/"
        if reference.isEmpty || reference.beginsWith("#") {
            return HTTPURL(scheme, authority, target)
        }
        if reference.beginsWith("?") { return HTTPURL(scheme, authority, path + reference) }
        // A target is ASCII: here a character is a byte.
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return HTTPURL(scheme, authority, folder + reference)
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }

    /// A path with its dot segments resolved; it begins with a slash.
    static func withoutDots(_ path: String) -> String {
        var out: [Substring] = []
        let parts = path.parts(by: "/")
        for (index, part) in parts.enumerated() where index > 0 || !part.isEmpty {
            let isLast = index == parts.count - 1
            switch part.lowercased() {
            case ".", "%2e": if isLast { out.append("") }
            case "..", ".%2e", "%2e.", "%2e%2e":
                _ = out.popLast()
                if isLast { out.append("") }
            default: out.append(part)
            }
        }
        return "/" + out.joined(separator: "/")
    }

    /// Encodes what may not stand in a target; what is encoded already stays.
    private static func encoded(_ text: String) -> String {
        PercentCoding.encoded(text, leaving: "%/?:@!$&'()*+,;=[]|")
    }
}

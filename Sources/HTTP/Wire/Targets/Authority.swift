// `host[:port]` as it stands in a Host field and in a target: letters, digits and a few marks, or
// an IPv6 address in brackets. No user information: a name before an `@` has only ever served to
// deceive.
import FairleadWire

/// A host and an optional port.
public struct Authority: Hashable, Sendable, CustomStringConvertible {
    /// A name in lower case, an IPv4 address, or an IPv6 address without its brackets.
    public let host: String
    public let port: UInt16?

    public init(host: String, port: UInt16? = nil) {
        self.host = host.lowercased()
        self.port = port
    }

    /// Reads `host`, `host:port`, `[address]` or `[address]:port`; nil for anything else.
    public init?(_ text: String) {
        let bytes = text.utf8.span
        guard Self.isValid(bytes, 0, bytes.count), !bytes.isEmpty else { return nil }
        let end = Self.hostEnd(bytes, 0, bytes.count)
        var host = text.utf8.prefix(end)[...]
        if host.first == UInt8(ascii: "[") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self.host = String(decoding: host, as: UTF8.self).lowercased()
        let digits = text.utf8.dropFirst(end + 1)
        if digits.isEmpty {
            port = nil
        } else {
            guard let number = decimalNumber(digits, atMost: 65535) else { return nil }
            port = UInt16(truncatingIfNeeded: number)
        }
    }

    public var description: String {
        let shown = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port.map { "\(shown):\($0)" } ?? shown
    }

    /// Where the host ends: at the colon before the port.
    private static func hostEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var index = start
        if index < end, bytes[index] == UInt8(ascii: "[") {
            while index < end, bytes[index] != UInt8(ascii: "]") { index += 1 }
            return min(index + 1, end)
        }
        while index < end, bytes[index] != UInt8(ascii: ":") { index += 1 }
        return index
    }

    /// Whether the bytes are an authority without user information; it may be empty.
    static func isValid(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let host = hostEnd(bytes, start, end)
        for index in start..<host
        where !isHost(bytes[index], at: index == start || index == host - 1) {
            return false
        }
        if start < host, bytes[start] == UInt8(ascii: "[") {
            guard bytes[host - 1] == UInt8(ascii: "]"), host - start > 2,
                IPv6Address(String(decoding: bytes.extracting(start + 1..<host - 1))) != nil
            else { return false }
        }
        return isPort(bytes, host, end) && (host > start || host == end)
    }

    static func hasPort(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        end - hostEnd(bytes, start, end) > 1
    }

    private static func isPort(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        if start == end { return true }
        guard bytes[start] == UInt8(ascii: ":"), end - start <= 6 else { return false }
        for index in start + 1..<end where !ByteClass.isDigit(bytes[index]) { return false }
        return true
    }

    /// Letters, digits and the marks of names; brackets at the ends, colons inside them.
    private static func isHost(_ byte: UInt8, at isEnd: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        case UInt8(ascii: "["), UInt8(ascii: "]"): isEnd
        case UInt8(ascii: ":"): true
        default: false
        }
    }
}

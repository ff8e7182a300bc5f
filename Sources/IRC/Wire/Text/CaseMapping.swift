/// Which letters of nicknames and channel names are the same, as a server says in ISUPPORT.
public enum CaseMapping: String, Hashable, Sendable {
    /// Letters of ASCII only.
    case ascii
    /// Also `[]\^`, which are the capitals of `{}|~`.
    case rfc1459
    /// As rfc1459 without `^` and `~`.
    case strictRFC1459 = "strict-rfc1459"

    /// The name in lower case, byte by byte: the key under which it is kept.
    public func fold(_ name: String) -> String {
        guard name.utf8.contains(where: { lowered($0) != $0 }) else { return name }
        return String(decoding: name.utf8.map(lowered), as: UTF8.self)
    }

    /// Whether two names are the same.
    public func areEqual(_ left: String, _ right: String) -> Bool { fold(left) == fold(right) }

    private var lastCapital: UInt8 {
        switch self {
        case .ascii: UInt8(ascii: "Z")
        case .strictRFC1459: UInt8(ascii: "]")
        case .rfc1459: UInt8(ascii: "^")
        }
    }

    private func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= lastCapital ? byte + 0x20 : byte
    }
}

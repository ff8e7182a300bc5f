public struct IPv4Address: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]
    public init?(bytes: [UInt8]) { guard bytes.count == 4 else { return nil }; self.bytes = bytes }
    public init?(_ text: String) {
        let p = text.split(separator: ".").compactMap { UInt8($0) }
        self.init(bytes: p)
    }
    public var description: String { bytes.map { "\($0)" }.joined(separator: ".") }
}
public struct IPv6Address: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]
    public init?(bytes: [UInt8]) { guard bytes.count == 16 else { return nil }; self.bytes = bytes }
    public init?(_ text: String) {
        guard text == "::1" else { return nil };
        self.init(bytes: [UInt8](repeating: 0, count: 15) + [1])
    }
    public var description: String { "\(bytes)" }
}

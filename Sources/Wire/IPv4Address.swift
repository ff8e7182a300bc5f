/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, CustomStringConvertible {
    /// The address as a number: 127.0.0.1 is 0x7F00_0001.
    ///
    /// A number, because an array would cost an allocation for each datagram.
    public let value: UInt32

    public static let any = IPv4Address(value: 0)
    public static let loopback = IPv4Address(value: 0x7F00_0001)
    public static let broadcast = IPv4Address(value: .max)

    public init(value: UInt32) { self.value = value }

    /// An address from its bytes in network order; nil unless there are four.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 else { return nil }
        value = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// An address from dotted decimal text: four numbers without sign or leading zero.
    public init?(_ text: String) {
        self.init(utf8: Array(text.utf8.prefix(16)))
    }

    init?(utf8 text: [UInt8]) {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard let number = decimalNumber(part, atMost: 255) else { return nil }
            value = value << 8 | UInt32(truncatingIfNeeded: number)
        }
        self.value = value
    }

    /// The four bytes, in network order.
    public var bytes: [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    public var description: String {
        "\(value >> 24).\(value >> 16 & 0xFF).\(value >> 8 & 0xFF).\(value & 0xFF)"
    }

    /// Whether it is a multicast group (224.0.0.0/4).
    public var isMulticast: Bool { value >> 28 == 0xE }
}

/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, CustomStringConvertible {
    /// The four bytes, in network order.
    public let bytes: [UInt8]

    public static let any = IPv4Address(raw: [0, 0, 0, 0])
    public static let loopback = IPv4Address(raw: [127, 0, 0, 1])
    public static let broadcast = IPv4Address(raw: [255, 255, 255, 255])

    private init(raw: [UInt8]) { bytes = raw }

    /// An address from its bytes; nil unless there are four.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 else { return nil }
        self.bytes = bytes
    }

    /// An address from dotted decimal text: four numbers without sign or leading zero.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard let value = decimalNumber(part, atMost: 255) else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: value))
        }
        self.bytes = bytes
    }

    public var description: String {
        "\(bytes[0]).\(bytes[1]).\(bytes[2]).\(bytes[3])"
    }

    /// Whether it is a multicast group (224.0.0.0/4).
    public var isMulticast: Bool { bytes[0] & 0xF0 == 0xE0 }
}

/// An IPv6 address, without scope.
public struct IPv6Address: Hashable, Sendable, CustomStringConvertible {
    /// The sixteen bytes, in network order.
    public let bytes: [UInt8]

    public static let any = IPv6Address(raw: [UInt8](repeating: 0, count: 16))
    public static let loopback = IPv6Address(raw: [UInt8](repeating: 0, count: 15) + [1])

    private init(raw: [UInt8]) { bytes = raw }

    /// An address from its bytes; nil unless there are sixteen.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// An address from the text forms of RFC 4291, section 2.2.
    public init?(_ text: String) {
        let halves = Self.halves(Array(text.utf8))
        guard let (head, tail) = halves else { return nil }
        guard let front = Self.groups(head, mayEndInIPv4: tail == nil) else { return nil }
        guard let tail else {
            guard front.count == 16 else { return nil }
            bytes = front
            return
        }
        guard let back = Self.groups(tail, mayEndInIPv4: true), front.count + back.count <= 14
        else { return nil }
        bytes = front + [UInt8](repeating: 0, count: 16 - front.count - back.count) + back
    }

    /// The canonical text of RFC 5952.
    public var description: String {
        if bytes.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
            return "::ffff:\(bytes[12]).\(bytes[13]).\(bytes[14]).\(bytes[15])"
        }
        let groups = stride(from: 0, to: 16, by: 2).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
        let gap = Self.longestRunOfZeros(groups)
        let text = { (slice: ArraySlice<UInt16>) in
            slice.map { String($0, radix: 16) }.joined(separator: ":")
        }
        if gap.count < 2 { return text(groups[...]) }
        return text(groups[..<gap.lowerBound]) + "::" + text(groups[gap.upperBound...])
    }

    /// Whether it is a multicast group (ff00::/8).
    public var isMulticast: Bool { bytes[0] == 0xFF }

    /// What stands before and after "::"; the second is nil where there is none.
    private static func halves(_ text: [UInt8]) -> ([UInt8], [UInt8]?)? {
        let colon = UInt8(ascii: ":")
        var gap: Int?
        for index in text.indices.dropLast() where text[index] == colon && text[index + 1] == colon
        {
            if gap != nil { return nil }
            gap = index
        }
        guard let gap else { return (text, nil) }
        return (Array(text[..<gap]), Array(text[(gap + 2)...]))
    }

    private static func groups(_ text: [UInt8], mayEndInIPv4: Bool) -> [UInt8]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let last = IPv4Address(String(decoding: part, as: UTF8.self)) else {
                    return nil
                }
                return bytes + last.bytes
            }
            guard let group = hexadecimalGroup(part) else { return nil }
            bytes += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
        }
        return bytes.count <= 16 ? bytes : nil
    }

    private static func hexadecimalGroup(_ digits: ArraySlice<UInt8>) -> UInt16? {
        guard (1...4).contains(digits.count) else { return nil }
        var value: UInt16 = 0
        for digit in digits {
            guard let number = hexadecimalDigit(digit) else { return nil }
            value = value << 4 | UInt16(number)
        }
        return value
    }

    private static func longestRunOfZeros(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > best.count { best = start..<index }
            start = index + 1
        }
        return best
    }
}

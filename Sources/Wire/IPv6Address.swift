/// An IPv6 address, without scope.
public struct IPv6Address: Hashable, Sendable, CustomStringConvertible {
    /// The address as a number: ::1 is 1.
    ///
    /// A number, because an array would cost an allocation for each datagram.
    public let value: UInt128

    public static let any = IPv6Address(value: 0)
    public static let loopback = IPv6Address(value: 1)

    /// The longest text form: six groups and an IPv4 address.
    private static let longestText = 45

    public init(value: UInt128) { self.value = value }

    /// An address from its bytes in network order; nil unless there are sixteen.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        value = bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// An address from the text forms of RFC 4291, section 2.2.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longestText else { return nil }
        guard let (head, tail) = Self.halves(Array(text.utf8)) else { return nil }
        guard let front = Self.groups(head, mayEndInIPv4: tail == nil) else { return nil }
        guard let tail else {
            guard front.count == 8 else { return nil }
            self.init(groups: front)
            return
        }
        guard let back = Self.groups(tail, mayEndInIPv4: true), front.count + back.count <= 7
        else { return nil }
        let gap = [UInt16](repeating: 0, count: 8 - front.count - back.count)
        self.init(groups: front + gap + back)
    }

    private init(groups: [UInt16]) {
        value = groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// The sixteen bytes, in network order.
    public var bytes: [UInt8] {
        stride(from: 120, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// The canonical text of RFC 5952.
    public var description: String {
        if value >> 32 == 0xFFFF {
            return "::ffff:\(IPv4Address(value: UInt32(truncatingIfNeeded: value)))"
        }
        let groups = stride(from: 112, through: 0, by: -16).map {
            UInt16(truncatingIfNeeded: value >> $0)
        }
        let gap = Self.longestRunOfZeros(groups)
        let text = { (slice: ArraySlice<UInt16>) in
            slice.map { String($0, radix: 16) }.joined(separator: ":")
        }
        if gap.count < 2 { return text(groups[...]) }
        return text(groups[..<gap.lowerBound]) + "::" + text(groups[gap.upperBound...])
    }

    /// Whether it is a multicast group (ff00::/8).
    public var isMulticast: Bool { value >> 120 == 0xFF }

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

    private static func groups(_ text: [UInt8], mayEndInIPv4: Bool) -> [UInt16]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let last = IPv4Address(utf8: Array(part)) else { return nil }
                groups.append(UInt16(truncatingIfNeeded: last.value >> 16))
                groups.append(UInt16(truncatingIfNeeded: last.value))
            } else {
                guard let group = hexadecimalGroup(part) else { return nil }
                groups.append(group)
            }
        }
        return groups
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

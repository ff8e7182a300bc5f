// `\g:1-2-1234,s:r3669961,c:1120959341*57\` before a sentence says where and when it was heard.
// The parser has checked its checksum; here its parameters are read. An unknown parameter is
// passed over, one that breaks its form makes the whole block nil: half a time is none.

import FairleadWire

/// What a TAG block says about its sentence.
///
/// Source: NMEA 0183 4.11, 7 TAG blocks.
public struct TagBlock: Hashable, Sendable {
    /// Sentences that belong together.
    public struct Group: Hashable, Sendable {
        /// Which of them this is, from 1.
        public var number: UInt32
        public var total: UInt32
        public var identifier: UInt32

        public init(number: UInt32, total: UInt32, identifier: UInt32) {
            self.number = number
            self.total = total
            self.identifier = identifier
        }
    }

    /// `c`: UNIX time, in seconds or milliseconds as the sender has it.
    public var time: UInt64?
    /// `d`: whom the sentence is for.
    public var destination: String?
    /// `g`: the group that it belongs to.
    public var group: Group?
    /// `n`: the number of the line.
    public var lineCount: UInt64?
    /// `r`: relative time.
    public var relativeTime: UInt64?
    /// `s`: who heard the sentence.
    public var source: String?
    /// `t`: text.
    public var text: String?

    public init() {}

    /// The time in seconds: above the year 5138 it must have been milliseconds.
    public var seconds: Double? {
        time.map { $0 >= 100_000_000_000 ? Double($0) / 1000 : Double($0) }
    }

    /// Reads what stands between the backslashes, without the checksum.
    init?(parameters: String) {
        for parameter in parameters.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = parameter.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, set(String(parts[0]), String(parts[1])) else { return nil }
        }
    }

    private mutating func set(_ name: String, _ value: String) -> Bool {
        switch name {
        case "c": return number(value, \.time)
        case "n": return number(value, \.lineCount)
        case "r": return number(value, \.relativeTime)
        case "d": destination = value
        case "s": source = value
        case "t": text = value
        case "g":
            let parts = value.utf8.split(
                separator: UInt8(ascii: "-"), omittingEmptySubsequences: false
            ).map { digits($0).flatMap { UInt32(exactly: $0) } }
            guard parts.count == 3, let number = parts[0], let total = parts[1],
                let identifier = parts[2]
            else { return false }
            group = Group(number: number, total: total, identifier: identifier)
        default: break
        }
        return true
    }

    private mutating func number(
        _ value: String, _ field: WritableKeyPath<TagBlock, UInt64?>
    ) -> Bool {
        self[keyPath: field] = digits(value.utf8)
        return self[keyPath: field] != nil
    }

    /// Digits alone, zeros before them allowed.
    private func digits(_ text: some Collection<UInt8>) -> UInt64? {
        let rest = text.drop { $0 == UInt8(ascii: "0") }
        if rest.isEmpty { return text.isEmpty ? nil : 0 }
        return decimalNumber(rest, atMost: .max)
    }

    /// The block with its backslashes and checksum; what is reserved in a text becomes `_`.
    public var serialized: [UInt8] {
        let parameters: [(String, String?)] = [
            ("g", group.map { "\($0.number)-\($0.total)-\($0.identifier)" }), ("s", source),
            ("d", destination), ("c", time.map { "\($0)" }), ("n", lineCount.map { "\($0)" }),
            ("r", relativeTime.map { "\($0)" }), ("t", text),
        ]
        let body = parameters.compactMap { name, value in value.map { name + ":" + $0 } }
            .map { $0.utf8.map { isFieldByte($0) || $0 == 0x20 ? $0 : UInt8(ascii: "_") } }
            .joined(separator: [UInt8(ascii: ",")])
        let checksum = body.reduce(0, ^)
        return [UInt8(ascii: "\\")] + body + [
            UInt8(ascii: "*"), hexadecimalCharacter(checksum >> 4),
            hexadecimalCharacter(checksum & 15), UInt8(ascii: "\\"),
        ]
    }
}

extension SentenceView {
    /// What the TAG block before the sentence says; nil when there is none or it makes no sense.
    public func tagBlock(in bytes: Span<UInt8>) -> TagBlock? {
        // Around the parameters: a backslash, and `*hh\`.
        guard start >= 6 else { return nil }
        let text = ByteWindow(bytes).text(1, start - 4)
        return text.flatMap { TagBlock(parameters: $0) }
    }
}

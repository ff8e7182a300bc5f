// The address of a sentence: two letters of the talker and three of the formatter, or `P` and a
// maker's own. A few old devices leave the talker out. Formatters are looked up in a table with
// a place for each three letters; makers' sentences, of which there are few, one by one.

/// Who speaks, and which sentence it is.
struct SentenceAddress {
    let talker: Talker
    let kind: SentenceKind?
    /// Where the address ends.
    let end: Int
    /// Where the fields begin: there, or behind the field that belongs to the address.
    let fields: Int

    /// Looks at the bytes from `start` to `limit`; nil when they do not begin with an address.
    @inline(__always)
    init?(_ window: ByteWindow, _ start: Int, _ limit: Int) {
        // Nearly all are two characters and three letters that the table knows.
        let bytes = window.bytes(at: start)
        if bytes >> 40 & 0xFF == UInt8(ascii: ","), start &+ 5 < limit,
            isAddressByte(Self.byte(bytes, 0)), isAddressByte(Self.byte(bytes, 1)),
            Self.byte(bytes, 0) != UInt8(ascii: "P"),
            let kind = Self.kind(
                Self.byte(bytes, 2), Self.byte(bytes, 3), Self.byte(bytes, 4))
        {
            talker = Talker(
                code: UInt16(Self.byte(bytes, 0)) << 8 | UInt16(Self.byte(bytes, 1)))
            self.kind = kind
            end = start &+ 5
            fields = end
            return
        }
        guard let address = Self.unusual(window, start, limit) else { return nil }
        self = address
    }

    private init(_ talker: Talker, _ kind: SentenceKind?, end: Int, fields: Int) {
        self.talker = talker
        self.kind = kind
        self.end = end
        self.fields = fields
    }

    @inline(__always)
    private static func byte(_ bytes: UInt64, _ index: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: bytes >> (index &* 8))
    }

    /// A maker's sentence, one without talker, one without fields, or one that nobody knows.
    @inline(never)
    private static func unusual(
        _ window: ByteWindow, _ start: Int, _ limit: Int
    ) -> SentenceAddress? {
        var stop = start
        while stop < limit, isAddressByte(window[stop]) { stop += 1 }
        guard stop > start, stop == limit || window[stop] == UInt8(ascii: ",") else { return nil }
        if window[start] == UInt8(ascii: "P") {
            let (kind, fields) = makersKind(window, start, stop, limit)
            return SentenceAddress(.none, kind, end: stop, fields: fields)
        }
        if stop - start == 3 {
            let kind = kind(window[start], window[start + 1], window[start + 2])
            return SentenceAddress(.none, kind, end: stop, fields: stop)
        }
        guard stop - start == 5 else {
            return SentenceAddress(.none, nil, end: stop, fields: stop)
        }
        let talker = Talker(code: UInt16(window[start]) << 8 | UInt16(window[start + 1]))
        let kind = kind(window[start + 2], window[start + 3], window[start + 4])
        return SentenceAddress(talker, kind, end: stop, fields: stop)
    }

    /// The standard's sentence of three letters.
    @inline(__always)
    private static func kind(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> SentenceKind? {
        guard let place = place(first, second, third) else { return nil }
        return standardKinds[place]
    }

    @inline(__always)
    private static func place(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int? {
        let (a, b, c) = (first &- 0x41, second &- 0x41, third &- 0x41)
        guard a < 26, b < 26, c < 26 else { return nil }
        return (Int(a) * 26 + Int(b)) * 26 + Int(c)
    }

    private static let standardKinds: [SentenceKind?] = {
        var kinds = [SentenceKind?](repeating: nil, count: 26 * 26 * 26)
        for kind in SentenceKind.allCases where !kind.isProprietary {
            let letters = Array(kind.rawValue.utf8)
            if letters.count == 3, let place = place(letters[0], letters[1], letters[2]) {
                kinds[place] = kind
            }
        }
        return kinds
    }()

    /// Makers' addresses, with the field that belongs to them.
    private static let makersKinds: [(address: [UInt8], kind: SentenceKind)] =
        SentenceKind.allCases.filter(\.isProprietary).map { (Array($0.rawValue.utf8), $0) }

    private static func makersKind(
        _ window: ByteWindow, _ start: Int, _ stop: Int, _ limit: Int
    ) -> (SentenceKind?, Int) {
        for (address, kind) in makersKinds {
            let end = start + address.count
            guard end <= limit, end == limit || window[end] == UInt8(ascii: ",") else { continue }
            // What is behind the address itself is a field, and a comma is part of both.
            var index = 0
            while index < address.count, window[start + index] == address[index] { index += 1 }
            if index == address.count { return (kind, end) }
        }
        return (nil, stop)
    }
}

extension SentenceKind {
    /// Whether it is a maker's: its address has no talker.
    public var isProprietary: Bool { rawValue.utf8.count > 3 }

    /// Whether it begins with `!`: a field of it is packed data.
    public var isEncapsulated: Bool { self == .vdm || self == .vdo }
}

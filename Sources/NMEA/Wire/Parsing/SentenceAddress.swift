// The address of a sentence: two letters of the talker and three of the formatter, or `P` and a
// maker's own. A few old devices leave the talker out. Formatters are looked up in a table with
// a place for each three letters; makers' sentences, of which there are few, one by one.

/// Who speaks, and which sentence it is.
struct SentenceAddress {
    let talker: Talker
    let kind: SentenceKind?
    /// Where the fields begin: behind the address, or behind the field that is part of it.
    let end: Int

    /// Looks at the bytes from `start` to `stop`; the sentence goes on until `limit`.
    @inline(__always)
    init(_ window: ByteWindow, _ start: Int, _ stop: Int, _ limit: Int) {
        if window[start] == UInt8(ascii: "P") {
            talker = .none
            (kind, end) = Self.makersKind(window, start, stop, limit)
            return
        }
        end = stop
        switch stop - start {
        case 5:
            talker = Talker(code: UInt16(window[start]) << 8 | UInt16(window[start + 1]))
            kind = Self.kind(window[start + 2], window[start + 3], window[start + 4])
        case 3:
            talker = .none
            kind = Self.kind(window[start], window[start + 1], window[start + 2])
        default:
            talker = .none
            kind = nil
        }
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

    @inline(never)
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

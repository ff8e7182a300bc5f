// `bytes=0-499,-500` (RFC 9110, 14). A list that is long, overlaps, or asks for more than there
// is in sum is a way to make a server work (CVE-2011-3192): such a field is not understood, and
// the whole content is sent.

/// The ranges that a request asks for, within a content of known size.
public enum ByteRanges: Hashable, Sendable {
    /// The field is absent, or not understood: all is sent.
    case whole
    /// None of the ranges is within the content: 416.
    case unsatisfiable
    /// One or more ranges, none overlapping.
    case parts([Range<Int>])

    /// Ranges that are served in one answer.
    public static let limit = 16

    public init(_ text: String?, size: Int) {
        guard let text, text.beginsWith("bytes="), size >= 0 else {
            self = .whole
            return
        }
        let parts = text.behind(6).parts(by: ",", atMost: Self.limit + 1)
        guard parts.count <= Self.limit else {
            self = .whole
            return
        }
        var ranges: [Range<Int>] = []
        for part in parts {
            switch Self.range(String(part).trimmedBlanks, size) {
            case .malformed:
                self = .whole
                return
            case .outside: continue
            case .inside(let range): ranges.append(range)
            }
        }
        let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
        let overlaps = zip(sorted, sorted.dropFirst()).contains { $0.overlaps($1) }
        self = ranges.isEmpty ? .unsatisfiable : overlaps ? .whole : .parts(ranges)
    }

    private enum Reading {
        case malformed
        case outside
        case inside(Range<Int>)
    }

    private static func range(_ text: Substring, _ size: Int) -> Reading {
        let ends = text.parts(by: "-", atMost: 3)
        guard ends.count == 2 else { return .malformed }
        if ends[0].isEmpty {
            guard let count = number(ends[1]) else { return .malformed }
            return count == 0 || size == 0 ? .outside : .inside(max(size - count, 0)..<size)
        }
        guard let first = number(ends[0]) else { return .malformed }
        var last = Int.max - 1
        if !ends[1].isEmpty {
            guard let given = number(ends[1]), given >= first else { return .malformed }
            last = given
        }
        return first >= size ? .outside : .inside(first..<min(last, size - 1) + 1)
    }

    /// Digits only; what is beyond all sizes counts as the greatest.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 40 else { return nil }
        var number = 0
        for digit in text.utf8 {
            guard ByteClass.isDigit(digit) else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, spilled) = product.addingReportingOverflow(Int(digit & 15))
            number = overflow || spilled ? Int.max - 1 : sum
        }
        return number
    }
}

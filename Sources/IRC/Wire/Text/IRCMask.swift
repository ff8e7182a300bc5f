// A mask is matched without recursion: after a mismatch the last star takes one byte more, and
// earlier stars never move again. The work is bounded by the product of both lengths, which are
// those of a line, for any mask that a peer can think of.

/// A pattern for `nick!user@host`: `*` stands for any text, `?` for one character.
public struct IRCMask: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    private let mapping: CaseMapping
    private let pattern: [Unicode.Scalar]

    /// Stars in a row count as one.
    public init(_ text: String, _ mapping: CaseMapping = .rfc1459) {
        self.text = text
        self.mapping = mapping
        var pattern: [Unicode.Scalar] = []
        for scalar in mapping.fold(text).unicodeScalars
        where scalar != "*" || pattern.last != "*" { pattern.append(scalar) }
        self.pattern = pattern
    }

    public var description: String { text }

    /// A mask for users out of what somebody typed.
    ///
    /// `nick` is `nick!*@*`, `user@host` is `*!user@host`, and `*.example` is a host.
    public static func completed(_ text: String) -> String {
        let source = IRCSource(parsing: text)
        let or = { (part: String?) in part.flatMap { $0.isEmpty ? nil : $0 } ?? "*" }
        if source.user != nil || source.host == nil {
            let isHost = source.user == nil && text.utf8.contains(UInt8(ascii: "."))
            if isHost { return "*!*@" + text }
            return or(source.name) + "!" + or(source.user) + "@" + or(source.host)
        }
        return "*!" + or(source.name) + "@" + or(source.host)
    }

    /// Whether the whole of a text fits.
    public func matches(_ text: String) -> Bool { steps(matching: text).isMatch }

    /// The answer, and how many comparisons it took.
    func steps(matching text: String) -> (isMatch: Bool, count: Int) {
        let text = Array(mapping.fold(text).unicodeScalars)
        var (place, at) = (0, 0)
        var star: (place: Int, at: Int)?
        var count = 0
        while at < text.count {
            count += 1
            if place < pattern.count, pattern[place] == "*" {
                star = (place + 1, at)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[at] {
                place += 1
                at += 1
            } else if let last = star {
                star = (last.place, last.at + 1)
                (place, at) = (last.place, last.at + 1)
            } else {
                return (false, count)
            }
        }
        let rest = pattern[min(place, pattern.count)...]
        return (rest.allSatisfy { $0 == "*" }, count)
    }
}

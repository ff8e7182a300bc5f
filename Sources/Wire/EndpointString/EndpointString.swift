// Endpoint strings in Twisted's grammar: `kind:argument:key=value`. A colon separates, the first
// equals sign makes a key, a backslash takes the next character literally, and brackets protect
// the colons of an IPv6 address (`tcp:[::1]:8000`). This file knows the grammar; what kinds and
// keys there are is the business of whoever reads the arguments (EndpointArguments). It reads
// Unicode scalars, never Swift's characters: a colon with a combining accent behind it would be
// one character with it, and no colon any more.

/// A parsed endpoint string: its kind and its arguments, each with its place in the text.
public struct EndpointString: Hashable, Sendable, CustomStringConvertible {
    /// One argument; positional where `key` is nil.
    public struct Argument: Hashable, Sendable {
        public let key: String?
        public let value: String
        /// Where it begins in the text, in Unicode scalars from 1.
        public let column: Int

        public init(key: String?, value: String, column: Int) {
            self.key = key
            self.value = value
            self.column = column
        }
    }

    /// The longest string that is read, in bytes.
    public static let maximumLength = 4096

    public let kind: String
    public let arguments: [Argument]
    /// The text that was parsed.
    public let source: String

    /// Reads a string.
    ///
    /// - Throws: `EndpointStringError` with the part, its column and what was expected.
    public init(_ text: String) throws(EndpointStringError) {
        guard text.utf8.count <= Self.maximumLength else {
            throw EndpointStringError(
                text, part: "the string", column: 1,
                expected: "at most \(Self.maximumLength) bytes")
        }
        // The kernel would take a path only up to it.
        if let place = Array(text.unicodeScalars).firstIndex(of: "\0") {
            throw EndpointStringError(
                text, part: "NUL", column: place + 1, expected: "text without it")
        }
        var parts = try Self.split(text)
        let head = parts.removeFirst()
        guard head.key == nil, !head.value.isEmpty else {
            throw EndpointStringError(
                text, part: "kind", column: 1, expected: "a kind before the first ':'")
        }
        source = text
        kind = head.value
        arguments = parts
    }

    /// A string from its parts.
    public init(kind: String, _ arguments: [(key: String?, value: String)]) {
        self.kind = kind
        var text = Self.escape(kind)
        var made: [Argument] = []
        for (key, value) in arguments {
            made.append(Argument(key: key, value: value, column: text.unicodeScalars.count + 2))
            text += ":" + Self.written(key, value)
        }
        self.arguments = made
        source = text
    }

    /// The string again, with what needs it escaped.
    public var description: String {
        ([Self.escape(kind)] + arguments.map { Self.written($0.key, $0.value) })
            .joined(separator: ":")
    }

    /// An argument as it stands in a string; an IPv6 address in brackets.
    private static func written(_ key: String?, _ value: String) -> String {
        let address = String(value.prefix { $0 != "%" })
        let scope = String(value.dropFirst(address.count))
        let isIPv6 = IPv6Address(address) != nil && escape(scope) == scope
        return (key.map { escape($0) + "=" } ?? "") + (isIPv6 ? "[\(value)]" : escape(value))
    }

    /// Takes the grammar's own characters literally.
    public static func escape(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if ":=\\[]".unicodeScalars.contains(scalar) { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }

    /// How long the text is, in the scalars that columns count.
    public var length: Int { source.unicodeScalars.count }

    /// The text from a column on.
    public func text(from column: Int) -> String {
        String(String.UnicodeScalarView(source.unicodeScalars.dropFirst(max(column - 1, 0))))
    }

    /// Cuts the text at its colons.
    private static func split(_ text: String) throws(EndpointStringError) -> [Argument] {
        var parts: [Argument] = []
        var scanner = Scanner(text)
        repeat { parts.append(try scanner.next()) } while scanner.hasMore
        return parts
    }

    /// Reads one argument after another.
    private struct Scanner {
        let text: String
        let scalars: [Unicode.Scalar]
        var index = 0
        var hasMore = true
        /// Where the bracket that is open began, in scalars from 1.
        var bracket: Int?

        init(_ text: String) {
            self.text = text
            scalars = Array(text.unicodeScalars)
        }

        mutating func next() throws(EndpointStringError) -> Argument {
            let column = index + 1
            var key: String?
            var value = String.UnicodeScalarView()
            while index < scalars.count {
                let scalar = scalars[index]
                index += 1
                switch scalar {
                case ":" where bracket == nil:
                    return Argument(key: key, value: String(value), column: column)
                case "=" where key == nil && bracket == nil:
                    key = String(value)
                    value = String.UnicodeScalarView()
                case "[" where value.isEmpty && bracket == nil: bracket = index
                case "]" where bracket != nil: bracket = nil
                case "\\": value.append(try escaped())
                default: value.append(scalar)
                }
            }
            if let bracket {
                throw EndpointStringError(
                    text, part: "'['", column: bracket, expected: "a closing ']'")
            }
            hasMore = false
            return Argument(key: key, value: String(value), column: column)
        }

        /// What stands after a backslash.
        private mutating func escaped() throws(EndpointStringError) -> Unicode.Scalar {
            guard index < scalars.count else {
                throw EndpointStringError(
                    text, part: "'\\'", column: index, expected: "a character after it")
            }
            index += 1
            return scalars[index - 1]
        }
    }
}

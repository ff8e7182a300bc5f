// What an endpoint string's arguments mean: whoever opens a kind of endpoint asks for each by name
// and type, and what nobody asked for is an error, so that a mistyped key is never ignored. Every
// error names the part, its column and what was expected. It must never know a kind of endpoint.

/// Reads the arguments of an endpoint string one by one, typed, and refuses what is left over.
///
/// Positional arguments are taken in the order of the calls; each may be given by its name
/// instead (`tcp:8000` and `tcp:port=8000` are the same).
public struct EndpointArguments {
    public let string: EndpointString
    private var positional: [EndpointString.Argument]
    private var keyed: [EndpointString.Argument]
    /// The names that were asked for so far.
    public private(set) var known: [String] = []

    public init(_ string: EndpointString) {
        self.string = string
        positional = string.arguments.filter { $0.key == nil }
        keyed = string.arguments.filter { $0.key != nil }
    }

    /// The next positional argument, or the one of this name.
    public mutating func take(_ name: String) throws(EndpointStringError)
        -> EndpointString.Argument?
    {
        if let byKey = try takeKey(name) { return byKey }
        return positional.isEmpty ? nil : positional.removeFirst()
    }

    /// The argument of this name, where it stands before `following` more positional ones.
    public mutating func take(_ name: String, before following: Int)
        throws(EndpointStringError) -> EndpointString.Argument?
    {
        positional.count > following ? try take(name) : try takeKey(name)
    }

    /// The argument with this key.
    public mutating func takeKey(_ name: String) throws(EndpointStringError)
        -> EndpointString.Argument?
    {
        known.append(name)
        let matches = keyed.filter { $0.key == name }
        if matches.count > 1 {
            throw error(matches[1], name, expected: "it only once")
        }
        keyed.removeAll { $0.key == name }
        return matches.first
    }

    /// A required positional argument.
    public mutating func required(_ name: String, _ meaning: String) throws(EndpointStringError)
        -> EndpointString.Argument
    {
        guard let argument = try take(name) else { throw missing(name, meaning) }
        if argument.value.isEmpty { throw error(argument, name, expected: meaning) }
        return argument
    }

    /// A required whole number.
    public mutating func requiredNumber(_ name: String, in range: ClosedRange<Int>)
        throws(EndpointStringError) -> Int
    {
        let meaning = "a number from \(range.lowerBound) to \(range.upperBound)"
        return try number(try required(name, meaning), name, in: range)
    }

    /// A whole number by key.
    public mutating func number(_ name: String, in range: ClosedRange<Int>)
        throws(EndpointStringError) -> Int?
    {
        guard let argument = try takeKey(name) else { return nil }
        return try number(argument, name, in: range)
    }

    /// Text by key.
    public mutating func text(_ name: String) throws(EndpointStringError) -> String? {
        try takeKey(name)?.value
    }

    /// A switch by key: 1, yes, true, on; 0, no, false, off.
    public mutating func flag(_ name: String) throws(EndpointStringError) -> Bool? {
        guard let argument = try takeKey(name) else { return nil }
        switch argument.value.lowercased() {
        case "1", "yes", "true", "on": return true
        case "0", "no", "false", "off": return false
        default: throw error(argument, name, expected: "1 or 0 (yes, no, true, false, on, off)")
        }
    }

    /// A duration by key: seconds (`5`, `0.5`) or with a unit (`500ms`, `2s`, `3m`, `1h`).
    public mutating func duration(_ name: String) throws(EndpointStringError) -> Duration? {
        guard let argument = try takeKey(name) else { return nil }
        guard let duration = Self.duration(argument.value) else {
            throw error(
                argument, name,
                expected: "a duration such as 5, 0.5, 500ms, 2s, 3m or 1h, at most a year")
        }
        return duration
    }

    /// One of several words by key.
    public mutating func choice<Value>(_ name: String, of values: [(String, Value)])
        throws(EndpointStringError) -> Value?
    {
        guard let argument = try takeKey(name) else { return nil }
        if let match = values.first(where: { $0.0 == argument.value }) { return match.1 }
        let names = values.map(\.0)
        throw EndpointStringError(
            string.source, part: "\(name) \"\(argument.value)\"", column: argument.column,
            expected: "one of \(names.joined(separator: ", "))",
            suggestion: nearestName(to: argument.value, in: names))
    }

    /// Permission bits in octal by key, for example `660`.
    public mutating func mode(_ name: String) throws(EndpointStringError) -> UInt32? {
        guard let argument = try takeKey(name) else { return nil }
        let digits = Array(argument.value.utf8)
        guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x37).contains($0) })
        else { throw error(argument, name, expected: "permission bits in octal, such as 660") }
        return digits.reduce(0) { $0 << 3 | UInt32($1 - 0x30) }
    }

    /// A wrapped endpoint: everything from the next positional argument on, and its column.
    ///
    /// The text is as it was written.
    /// Keys after that place belong to the wrapped endpoint: call this before asking for keys.
    public mutating func rest(_ name: String, _ meaning: String) throws(EndpointStringError)
        -> (text: String, column: Int)
    {
        known.append(name)
        let column = positional.first?.column ?? string.length + 1
        let text = string.text(from: column)
        if text.isEmpty { throw missing(name, meaning) }
        positional = []
        keyed.removeAll { $0.column > column }
        return (text, column)
    }

    /// Allows the empty argument of a bare `kind:`, for kinds that need none.
    public mutating func allowEmpty() {
        if positional.count == 1, positional[0].value.isEmpty, string.arguments.count == 1 {
            positional = []
        }
    }

    /// Refuses whatever was not taken.
    public func finish() throws(EndpointStringError) {
        if let extra = keyed.first, let key = extra.key {
            let keys = known.isEmpty ? "no keys" : "one of \(known.joined(separator: ", "))"
            throw EndpointStringError(
                string.source, part: "key \"\(key)\"", column: extra.column, expected: keys,
                suggestion: nearestName(to: key, in: known))
        }
        if let extra = positional.first {
            throw EndpointStringError(
                string.source, part: "\"\(extra.value)\"", column: extra.column,
                expected: "no further argument of \(string.kind)")
        }
    }

    /// An error about one argument.
    public func error(_ argument: EndpointString.Argument, _ name: String, expected: String)
        -> EndpointStringError
    {
        EndpointStringError(
            string.source, part: "\(name) \"\(argument.value)\"", column: argument.column,
            expected: expected)
    }

    private func missing(_ name: String, _ meaning: String) -> EndpointStringError {
        EndpointStringError(
            string.source, part: name, column: string.length + 1, expected: meaning)
    }

    private func number(
        _ argument: EndpointString.Argument, _ name: String, in range: ClosedRange<Int>
    ) throws(EndpointStringError) -> Int {
        if let value = decimalNumber(argument.value.utf8, atMost: UInt64(Int.max)),
            let number = Int(exactly: value), range.contains(number)
        {
            return number
        }
        throw error(
            argument, name, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }

    /// At most a year; nil for anything that is not a plain decimal number with a known unit.
    private static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let scale: Double
        switch text.dropFirst(digits.count) {
        case "ms": scale = 0.001
        case "", "s": scale = 1
        case "m": scale = 60
        case "h": scale = 3600
        default: return nil
        }
        guard let value = Double(digits), value * scale <= 31_536_000 else { return nil }
        // Rounded by hand: `rounded()` would need the C library's mathematics.
        return .nanoseconds(Int64(value * scale * 1e9 + 0.5))
    }
}

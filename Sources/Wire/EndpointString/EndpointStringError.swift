/// What is wrong with an endpoint string.
public struct EndpointStringError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole string.
    public let text: String
    /// The part that is wrong: a name of an argument, or the part itself.
    public let part: String
    /// Where the part begins, in Unicode scalars from 1; one past the end for what is missing.
    public let column: Int
    public let expected: String
    /// The known name that was probably meant.
    public let suggestion: String?

    public init(
        _ text: String, part: String, column: Int, expected: String, suggestion: String? = nil
    ) {
        self.text = text
        self.part = part
        self.column = column
        self.expected = expected
        self.suggestion = suggestion
    }

    /// The same error in a longer text, of which this one's begins at `column`.
    public func moved(into text: String, at column: Int) -> EndpointStringError {
        EndpointStringError(
            text, part: part, column: self.column + column - 1, expected: expected,
            suggestion: suggestion)
    }

    /// `"tpc:8000", column 1: kind "tpc": expected one of …; did you mean "tcp"?`
    public var description: String {
        let hint = suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
        return "\"\(text)\", column \(column): \(part): expected \(expected)\(hint)"
    }
}

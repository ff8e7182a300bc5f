/// What is wrong with a configuration file, and where.
public struct ConfigurationFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let place: TextPlace
    /// The key, or the part of a value, that is wrong: `outlets[0].sentences`.
    public let part: String
    public let expected: String
    /// The known name that was probably meant.
    public let suggestion: String?

    init(
        _ place: TextPlace, _ part: String, expected: String, suggestion: String? = nil
    ) {
        self.place = place
        self.part = part
        self.expected = expected
        self.suggestion = suggestion
    }

    /// `3:5: outlets[0].sentences: expected …; did you mean …?`
    public var description: String {
        let hint = suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
        return "\(place.line):\(place.column): \(part): expected \(expected)\(hint)"
    }
}

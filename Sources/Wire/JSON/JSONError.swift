/// What is wrong with a text that should be JSON.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where, in bytes from the beginning.
    public let offset: Int
    /// What should have been there.
    public let expected: String

    public init(offset: Int, expected: String) {
        self.offset = offset
        self.expected = expected
    }

    public var description: String { "byte \(offset): \(expected) expected" }
}

/// A rule of a contract that was broken, and how.
public struct ContractViolation: Error, Hashable, CustomStringConvertible {
    /// What was checked, for example a transport's or a decoder's name.
    public let subject: String
    public let rule: String
    public let message: String

    public init(_ subject: String, _ rule: String, _ message: String) {
        self.subject = subject
        self.rule = rule
        self.message = message
    }

    public var description: String { "\(subject): \(rule): \(message)" }
}

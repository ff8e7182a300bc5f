/// A broken protocol rule, and whose fault it was.
///
/// `local`: we broke the rule (a bug or a bad argument of ours); `remote`: the peer did, and its
/// connection ends with this as the reason.
public struct ProtocolError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Who broke the rule.
    public enum Side: Hashable, Sendable {
        case local
        case remote
    }

    public let side: Side
    /// The protocol, for example `"PROXY"`.
    public let protocolName: String
    /// What was wrong and what was expected.
    public let message: String

    public init(_ side: Side, _ protocolName: String, _ message: String) {
        self.side = side
        self.protocolName = protocolName
        self.message = message
    }

    public var description: String {
        "\(protocolName): \(message)\(side == .local ? " (our fault)" : "")"
    }
}

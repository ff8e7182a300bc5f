import FairleadNMEAWire
import FairleadWire

/// A token as it is stored: who holds the secret of this hash may do what the scope says.
public struct AccessToken: Hashable, Sendable {
    /// What a token allows.
    public enum Scope: String, CaseIterable, Sendable {
        case read
        /// Reading, and whatever changes anything.
        case control
    }

    /// The hash's first eight digits, by which it is revoked.
    public var id: String { String(hash.prefix(8)) }
    public let scope: Scope
    /// SHA-256 of the secret, in hexadecimal digits.
    public let hash: String
    public let created: String
    public let label: String

    /// A new secret of 256 bits, and the token to be stored of it.
    public static func make(
        _ scope: Scope, label: String, at time: UTCTime, _ random: inout some RandomNumberGenerator
    ) -> (secret: String, token: AccessToken) {
        let secret = "fl_" + (0..<4).map { _ in digits(random.next()) }.joined()
        let line = label.filter { !$0.isNewline }.prefix(60)
        let token = AccessToken(
            scope: scope, hash: hash(of: secret), created: time.description, label: String(line))
        return (secret, token)
    }

    /// The hash of a secret.
    static func hash(of secret: String) -> String {
        SHA256.hash(secret.utf8).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }

    private static func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }

    // MARK: A line of the file

    var line: String { "\(hash) \(scope.rawValue) \(created) \(label)\n" }

    /// Nil for what is no such line.
    init?(line: Substring) {
        let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].utf8.count == 64,
            parts[0].allSatisfy({ $0.isHexDigit && $0.isASCII }),
            let scope = Scope(rawValue: String(parts[1]))
        else { return nil }
        self.init(
            scope: scope, hash: String(parts[0]), created: String(parts[2]),
            label: String(parts[3]))
    }

    private init(scope: Scope, hash: String, created: String, label: String) {
        (self.scope, self.hash, self.created, self.label) = (scope, hash, created, label)
    }
}

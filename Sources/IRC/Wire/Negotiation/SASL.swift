// SASL over IRC (IRCv3 sasl-3.1): a base64 text in AUTHENTICATE lines of 400 bytes; a shorter
// line ends it, so that after a last line of exactly 400 an empty one (`+`) must come.

/// A way to prove who we are.
public enum SASLMechanism: Hashable, Sendable {
    /// RFC 4616: a name and a password, for connections that nobody else reads.
    case plain(user: String, password: String)
    /// RFC 4422: what the layer below has proved already, as a TLS certificate does.
    case external

    /// Its name in AUTHENTICATE.
    public var name: String {
        switch self {
        case .plain: "PLAIN"
        case .external: "EXTERNAL"
        }
    }

    /// What is sent when the server asks for it.
    public var response: [UInt8] {
        switch self {
        case .plain(let user, let password):
            [0] + Array(user.utf8) + [0] + Array(password.utf8)
        case .external: []
        }
    }

    /// The parameters of the AUTHENTICATE lines that carry a response.
    public static func chunks(of response: [UInt8]) -> [String] {
        let text = Array(Base64.encode(response).utf8)
        var chunks: [String] = []
        for start in stride(from: 0, to: text.count, by: SASLReader.chunkSize) {
            let chunk = text[start..<min(start + SASLReader.chunkSize, text.count)]
            chunks.append(String(decoding: chunk, as: UTF8.self))
        }
        if text.count % SASLReader.chunkSize == 0 { chunks.append("+") }
        return chunks
    }
}

/// Puts the chunks of a response together again, within a limit.
public struct SASLReader: Sendable {
    /// What a chunk led to.
    public enum Outcome: Hashable, Sendable {
        /// More is to come.
        case incomplete
        case response([UInt8])
        /// It is no base64.
        case malformed
        /// It is longer than any name and password that we take.
        case tooLong
    }

    static let chunkSize = 400
    private static let maximum = 4 * chunkSize
    private var text = ""

    public init() {}

    /// Takes the parameter of one AUTHENTICATE line.
    public mutating func take(_ chunk: String) -> Outcome {
        if chunk.utf8.count > Self.chunkSize || text.utf8.count > Self.maximum { return .tooLong }
        if chunk != "+" { text += chunk }
        if chunk.utf8.count == Self.chunkSize { return .incomplete }
        defer { text = "" }
        return Base64.decode(text).map { .response($0) } ?? .malformed
    }

    /// The parts of PLAIN: whom to act for (may be empty), who, and the password.
    public static func plain(_ response: [UInt8])
        -> (authorization: String, user: String, password: String)?
    {
        let parts = response.split(separator: 0, omittingEmptySubsequences: false).map {
            String(validating: $0, as: UTF8.self)
        }
        guard parts.count == 3, let authorization = parts[0], let user = parts[1],
            let password = parts[2], !user.isEmpty
        else { return nil }
        return (authorization, user, password)
    }
}

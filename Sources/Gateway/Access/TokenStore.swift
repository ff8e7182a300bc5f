import FairleadEngine
import FairleadWire

/// The tokens in a file, a line each; what somebody else changes there counts at once.
public final class TokenStore {
    public let path: String
    private let kernel: any Kernel
    private var tokens: [AccessToken] = []
    private var modified: Int64?

    /// The most tokens, and the largest file.
    private static let maximum = 1000
    private static let maximumSize = 200_000

    /// The file in a state folder.
    public init(state: String, kernel: any Kernel = PosixKernel()) {
        path = state + "/tokens"
        self.kernel = kernel
    }

    /// All tokens; none where there is no file.
    public var all: [AccessToken] {
        let now = kernel.modificationTime(of: path)
        // Times have whole seconds: a file of this second may change once more.
        if now != nil, now == modified, kernel.wallClock() / 1_000_000_000 > (now ?? 0) + 1 {
            return tokens
        }
        modified = now
        let bytes = (try? kernel.readFile(path, atMost: Self.maximumSize)) ?? []
        tokens = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .compactMap { AccessToken(line: $0) }
        return tokens
    }

    /// Adds a token.
    public func add(_ token: AccessToken) throws(SystemError) {
        try write(all.suffix(Self.maximum - 1) + [token])
    }

    /// Removes the token of this id; whether there was one.
    public func revoke(_ id: String) throws(SystemError) -> Bool {
        let left = all.filter { $0.id != id }
        guard left.count < tokens.count else { return false }
        try write(left)
        return true
    }

    private func write(_ tokens: [AccessToken]) throws(SystemError) {
        let folder = path.dropLast("/tokens".utf8.count)
        _ = try kernel.makeFolder(String(folder)).get("make \(folder)")
        let text = tokens.map(\.line).joined()
        _ = try kernel.replacePrivateFile(path, with: Array(text.utf8)).get("write \(path)")
        modified = nil
    }
}

/// How the end of a message's body is found.
public enum BodyFraming: Hashable, Sendable {
    /// There is no body.
    case none
    /// So many bytes.
    case length(Int)
    /// Chunks, and trailers after the last.
    case chunked
    /// All that comes until the peer closes; responses only.
    case untilClose
}

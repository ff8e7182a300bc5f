/// The limits of HTTP on both sides, in one value.
public struct HTTPLimits: Hashable, Sendable {
    // MARK: Bytes

    /// Bytes of a request or status line; a longer one is answered with 414.
    public var startLine = 8 * 1024
    /// Bytes of a whole head, at most 65,535; a longer one is answered with 431.
    public var head = 16 * 1024
    /// Fields of a head, and of the trailers.
    public var fields = 100
    /// Bytes of the trailers of a chunked body.
    public var trailers = 8 * 1024
    /// Bytes of all chunk extensions of a body together.
    public var chunkExtensions = 16 * 1024
    /// Bytes of a request's body, unless its handler sets another; more is answered with 413.
    public var body = 1024 * 1024
    /// Bytes of an unwanted body that are read so that the connection can be kept.
    public var drainedBody = 64 * 1024

    // MARK: Numbers

    /// Requests that were read and are not answered yet; then reading pauses.
    public var pipelined = 16
    /// Connections that the server has at a time.
    public var connections = 16 * 1024
    /// Redirects that a client follows.
    public var redirects = 10
    /// Idle connections that a client keeps for each origin.
    public var idlePerOrigin = 8

    // MARK: Times

    /// How long a head may take from its first byte on.
    public var headTimeout: Duration = .seconds(10)
    /// Bytes a second that a body must come or go at, on average.
    public var minimumRate = 500
    /// How long a body may come slower than that.
    public var rateGrace: Duration = .seconds(10)
    /// How long a connection may be kept without a request.
    public var idleTimeout: Duration = .seconds(60)
    /// How long a connection that was refused is read on, so that the answer arrives.
    public var lingering: Duration = .seconds(2)

    // MARK: WebSocket

    /// Bytes of a message in all its fragments.
    public var webSocketMessage = 1024 * 1024
    /// Fragments of a message.
    public var webSocketFragments = 128
    /// How long a WebSocket may be silent before it is asked; and then until it is given up.
    public var webSocketPing: Duration = .seconds(30)
    /// How long the closing handshake may take.
    public var webSocketClose: Duration = .seconds(5)

    public init() {}
}

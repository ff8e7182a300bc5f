/// The limits that a reactor keeps, in one value.
public struct Limits: Hashable, Sendable {
    /// Size of the read buffer that all transports share, in bytes.
    public var readBuffer = 64 * 1024
    /// Reads that one connection may make in a row before the others have their turn.
    public var readsInARow = 4
    /// Connections that a listener accepts in a row before the others have their turn.
    public var acceptsInARow = 64
    /// How long a connection that was closed may take to send what is queued.
    public var closeTimeout: Duration = .seconds(30)
    /// How long a callback may hold the loop before its owner is logged.
    public var watchdog: Duration = .milliseconds(100)
    /// Marks and limit of each write queue, unless its owner sets others.
    public var write = WriteLimits()
    /// Threads for blocking calls, started when needed.
    public var workers = 4
    /// Blocking calls that may wait for a thread.
    public var queuedWork = 1024

    public init() {}
}

// A server's common part: limits, the handler, what all connections share (the Date, the memory
// for heads and answers), and the one timer that looks at every connection each second. One timer
// for all, not one for each: a request then costs no timer and no look at the clock, and a
// connection that is idle carries none. It knows connections, not requests.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// Answers a request, now or later, by the verbs of its exchange.
public typealias HTTPHandler = (HTTPExchange) -> Void

/// An HTTP/1.1 server on one reactor.
///
///     let server = HTTPServer(on: reactor) { exchange in exchange.respond(text: "Hello") }
///     try server.listen("tcp:8080")
public final class HTTPServer {
    public let reactor: Reactor
    public let limits: HTTPLimits
    /// Called with each request; never before its head is complete and its Host allowed.
    public var handler: HTTPHandler
    /// Called after each response, when it is set.
    public var accessLog: ((AccessRecord) -> Void)?
    /// Hosts that requests may be meant for; nil for any. The others are answered with 421.
    public var allowedHosts: HostList?
    /// Connections that stand.
    public var connectionCount: Int { connections.count }
    /// Requests that were refused for a broken rule, by status.
    public private(set) var faults: [Int: Int] = [:]

    /// Seconds since the first connection, as the sweep counts them.
    private(set) var tick = 0
    /// The value of the Date field.
    private(set) var date: [UInt8] = []
    /// Memory that the connections lend each other.
    var spareHead = HeadBlock()
    var spareOutput: [UInt8] = []

    private var connections: [ObjectIdentifier: ServerConnection] = [:]
    private var ports: [OpenPort] = []
    private var sweeper: Timer?
    private var onEmpty: (() -> Void)?
    private(set) var isShuttingDown = false

    public init(
        on reactor: Reactor, limits: HTTPLimits = HTTPLimits(), _ handler: @escaping HTTPHandler
    ) {
        self.reactor = reactor
        self.limits = limits
        self.handler = handler
    }

    /// Opens a port that an endpoint string names; may be called several times.
    @discardableResult
    public func listen(_ endpoint: String) throws -> any ListeningPort {
        let port = try reactor.listen(endpoint, makeProtocol)
        ports.append(OpenPort(port: port))
        return port
    }

    /// A port has this server in its factory: it must not be kept alive in return.
    private struct OpenPort {
        weak var port: (any ListeningPort)?
    }

    /// Makes the protocol of a connection: the factory for any port.
    public func makeProtocol(_ transport: any Transport) -> (any StreamProtocol)? {
        if isShuttingDown || connections.count >= limits.connections { return nil }
        return ServerConnection(self)
    }

    // MARK: What connections tell

    func began(_ connection: ServerConnection) {
        if sweeper == nil { startSweeping() }
        connections[ObjectIdentifier(connection)] = connection
    }

    func ended(_ connection: ServerConnection) {
        connections.removeValue(forKey: ObjectIdentifier(connection))
        guard connections.isEmpty else { return }
        sweeper?.cancel()
        sweeper = nil
        onEmpty?()
        onEmpty = nil
    }

    func count(_ fault: HTTPFault) { faults[fault.status, default: 0] += 1 }

    // MARK: Each second

    private func startSweeping() {
        renewDate()
        sweeper = reactor.every(.seconds(1)) { [weak self] in
            guard let self else { return }
            tick += 1
            renewDate()
            for connection in connections.values { connection.sweep() }
        }
    }

    private func renewDate() {
        let nanoseconds = reactor.kernel.wallClock()
        date = HTTPDate(seconds: nanoseconds / 1_000_000_000).bytes
    }

    // MARK: The end

    /// Accepts no more connections, finishes requests that are under way, and calls `completion`.
    ///
    /// - Parameter limit: after this time what is left is aborted.
    public func shutDown(
        within limit: Duration = .seconds(10), _ completion: @escaping () -> Void = {}
    ) {
        isShuttingDown = true
        for open in ports { open.port?.stop() }
        ports = []
        let before = onEmpty
        let timer = reactor.after(limit) { [weak self] in
            guard let self else { return }
            for connection in connections.values { connection.abort() }
        }
        onEmpty = {
            timer.cancel()
            before?()
            completion()
        }
        for connection in connections.values { connection.finishWhenIdle() }
        if connections.isEmpty {
            onEmpty?()
            onEmpty = nil
        }
    }

    /// Shuts down when the reactor stops: requests that are under way are finished.
    public func stopsWithReactor() {
        reactor.add(to: .beforeShutDown) { [weak self] _, done in
            guard let self else { return done() }
            shutDown(done)
        }
    }
}

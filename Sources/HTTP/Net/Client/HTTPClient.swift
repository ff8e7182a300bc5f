// A client's common part: the pool of idle connections and the ways to connect. A connection is
// kept for its origin (scheme, host, port) until the server closes it or it was idle too long; the
// newest is used first, so that the old ones come to their end.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// Connects a protocol to an address; calls back once, with the error or with nil.
public typealias HTTPConnector = (
    _ url: HTTPURL, _ reactor: Reactor, _ handler: any StreamProtocol, _ timeout: Duration,
    _ completion: @escaping (ConnectError?) -> Void
) -> any ConnectAttempt

/// An HTTP/1.1 client on one reactor.
///
///     let client = HTTPClient(on: reactor)
///     client.fetch(ClientRequest(url)) { result in … }
public final class HTTPClient {
    public let reactor: Reactor
    public let limits: HTTPLimits
    /// How addresses of each scheme are connected to; `http` is there from the start.
    public var connectors: [String: HTTPConnector] = ["http": HTTPClient.connectTCP]
    /// How long a connection is kept without a request.
    public var idleTimeout: Duration = .seconds(15)

    private struct Origin: Hashable {
        let isSecure: Bool
        let host: String
        let port: UInt16

        init(_ url: HTTPURL) {
            isSecure = url.isSecure
            host = url.host
            port = url.port
        }
    }

    private var idle: [Origin: [(connection: ClientConnection, timer: Timer)]] = [:]
    private var calls: [ObjectIdentifier: HTTPCall] = [:]

    public init(on reactor: Reactor, limits: HTTPLimits = HTTPLimits()) {
        self.reactor = reactor
        self.limits = limits
    }

    // MARK: Requests

    /// Sends a request; `prepare` sets what the call is to call.
    @discardableResult
    public func send(_ request: ClientRequest, _ prepare: (HTTPCall) -> Void) -> HTTPCall {
        let call = HTTPCall(self, request)
        prepare(call)
        calls[ObjectIdentifier(call)] = call
        // Never from inside this call: the caller gets to know the call first.
        reactor.later { call.begin() }
        return call
    }

    /// Sends a request and gives the whole response.
    ///
    /// - Parameter limit: bytes of the body that are taken at most.
    @discardableResult
    public func fetch(
        _ request: ClientRequest, upTo limit: Int = 16 * 1024 * 1024,
        _ completion: @escaping (Result<FetchedResponse, HTTPClientError>) -> Void
    ) -> HTTPCall {
        send(request) { call in
            var body: [UInt8] = []
            var isTooLong = false
            call.onData = { [weak call] bytes in
                if body.count + bytes.count > limit {
                    isTooLong = true
                    call?.cancel()
                    return
                }
                body.append(copying: bytes)
            }
            call.onEnd = { [weak call] result in
                guard let call else { return }
                switch result {
                case .failure(let error): completion(.failure(isTooLong ? .tooLong : error))
                case .success(let trailers):
                    let head = call.response ?? HTTPResponse(status: .badGateway)
                    completion(
                        .success(
                            FetchedResponse(
                                head: head, body: body, trailers: trailers, url: call.url)))
                }
            }
        }
    }

    func ended(_ call: HTTPCall) {
        let key = ObjectIdentifier(call)
        // Whoever is being called stays alive until the call has returned.
        reactor.later { [self] in calls[key] = nil }
    }

    /// Whether `close` was called.
    public private(set) var isClosed = false

    /// Ends everything: calls are cancelled, connections closed.
    public func close() {
        isClosed = true
        for call in calls.values { call.cancel() }
        let all = idle.values.joined()
        idle = [:]
        for (connection, timer) in all {
            timer.cancel()
            connection.close()
        }
    }

    // MARK: Connections

    func connector(for url: HTTPURL) -> HTTPConnector? {
        connectors[url.isSecure ? "https" : "http"]
    }

    /// Connections that are kept without a request.
    public var idleCount: Int { idle.values.reduce(0) { $0 + $1.count } }

    func takeIdle(_ url: HTTPURL) -> ClientConnection? {
        let origin = Origin(url)
        while let (connection, timer) = idle[origin]?.popLast() {
            timer.cancel()
            if idle[origin]?.isEmpty == true { idle[origin] = nil }
            if connection.isOpen { return connection }
        }
        return nil
    }

    func giveBack(_ connection: ClientConnection) {
        let origin = Origin(connection.origin)
        guard connection.isOpen, idle[origin, default: []].count < limits.idlePerOrigin else {
            return connection.close()
        }
        let timer = reactor.after(idleTimeout) { [weak self, weak connection] in
            guard let self, let connection else { return }
            lost(connection)
            connection.close()
        }
        idle[origin, default: []].append((connection, timer))
    }

    func lost(_ connection: ClientConnection) {
        let origin = Origin(connection.origin)
        guard let place = idle[origin]?.firstIndex(where: { $0.connection === connection }) else {
            return
        }
        idle[origin]?.remove(at: place).timer.cancel()
        if idle[origin]?.isEmpty == true { idle[origin] = nil }
    }

    /// Connects over TCP, by name or address.
    public static func connectTCP(
        _ url: HTTPURL, _ reactor: Reactor, _ handler: any StreamProtocol, _ timeout: Duration,
        _ completion: @escaping (ConnectError?) -> Void
    ) -> any ConnectAttempt {
        var options = ConnectOptions()
        options.timeout = timeout
        return reactor.connectTCP(to: url.host, port: url.port, options) { _ in
            handler
        } completion: { result in
            switch result {
            case .success: completion(nil)
            case .failure(let error): completion(error)
            }
        }
    }
}

/// A whole response.
public struct FetchedResponse: Sendable {
    public var head: HTTPResponse
    public var body: [UInt8]
    public var trailers: HTTPFields?
    /// Where it came from, after redirects.
    public var url: HTTPURL

    /// The status code.
    public var status: Int { head.status.code }
    /// The body as UTF-8.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

extension HTTPClient {
    /// Opens a WebSocket to `ws:` or `http:`, with TLS where there is a connector for it.
    ///
    /// - Parameters:
    ///   - user: what speaks over it; it hears of `opened`, and in the end of `closed`, once.
    ///   - protocols: sub-protocols that it speaks, the best first.
    ///   - deflate: how messages are compressed where the server can; nil for not at all.
    ///   - completion: called once: with nil after `opened`, or with why it was not opened.
    public func openWebSocket(
        _ url: HTTPURL, _ user: any WebSocketProtocol, protocols: [String] = [],
        fields: HTTPFields = [:], deflate: WebSocketDeflate? = nil,
        timeout: Duration = .seconds(10),
        _ completion: @escaping (HTTPClientError?) -> Void = { _ in }
    ) {
        guard let connect = connector(for: url) else { return completion(.needsTLS) }
        let limits = limits
        let key = Base64.encoded((0..<16).map { _ in UInt8.random(in: 0...255) })
        let opening = WebSocketOpening(self, url, completion)
        opening.connection.onUpgrade = { [weak opening] head, _ in
            opening?.upgraded { () throws(HTTPFault) in
                let agreement = try WebSocketHandshake.check(
                    head, key: key, protocols: protocols, deflate: deflate)
                return WebSocket(.client, user, agreement, limits: limits)
            }
        }
        var request = ClientRequest(url, fields: fields)
        for field in WebSocketHandshake.request(
            key: key, protocols: protocols, deflate: deflate)
        {
            request.fields[field.name] = field.value
        }
        let timer = reactor.after(timeout) { opening.end(.timedOut("head")) }
        opening.timer = timer
        opening.attempt = connect(url, reactor, opening.connection, timeout) { error in
            opening.attempt = nil
            if let error { return opening.end(.connect(error)) }
            opening.begin(request)
        }
    }
}

/// A WebSocket on its way to being open.
private final class WebSocketOpening {
    let connection: ClientConnection
    var timer: Timer?
    var attempt: (any ConnectAttempt)?
    private let url: HTTPURL
    private var completion: ((HTTPClientError?) -> Void)?
    private let client: HTTPClient
    private var call: HTTPCall?

    init(
        _ client: HTTPClient, _ url: HTTPURL, _ completion: @escaping (HTTPClientError?) -> Void
    ) {
        self.client = client
        self.url = url
        self.completion = completion
        connection = ClientConnection(client, url)
    }

    /// The server has answered 101.
    func upgraded(_ make: () throws(HTTPFault) -> WebSocket) -> WebSocket? {
        do throws(HTTPFault) {
            let socket = try make()
            client.reactor.later { self.end(nil) }
            return socket
        } catch {
            end(.fault(error))
            return nil
        }
    }

    func begin(_ request: ClientRequest) {
        if completion == nil { return connection.abort() }
        let call = HTTPCall(client, request)
        self.call = call
        connection.call = call
        call.onHead = { [weak self] response in
            guard let self, response.status.code != 101 else { return }
            let text = "the server answered \(response.status.code)"
            end(.fault(HTTPFault(.remote, status: 502, text)))
        }
        call.onEnd = { [weak self] result in
            if case .failure(let error) = result { self?.end(error) }
        }
        if let fault = connection.send(request, to: url) { end(.fault(fault)) }
    }

    /// Opened, or not.
    func end(_ error: HTTPClientError?) {
        guard let completion else { return }
        self.completion = nil
        timer?.cancel()
        timer = nil
        attempt?.cancel()
        call?.onEnd = nil
        call?.onHead = nil
        if error != nil {
            call?.cancel()
            connection.call = nil
            connection.abort()
        } else {
            call?.cancel()
        }
        call = nil
        completion(error)
    }
}

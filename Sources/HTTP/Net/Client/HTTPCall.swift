// One request of a client with its response, over whatever connections it takes: redirects and a
// second try on a fresh connection included. It decides what happens next; the connection only
// carries. Time-outs are two timers for the whole call: one for the phase, one for all. Exactly
// one `onEnd`, whatever happens; after it nothing more is called.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// A request under way; confined to the reactor's thread.
public final class HTTPCall {
    /// The address that is asked at present; another than the first after redirects.
    public private(set) var url: HTTPURL
    /// The response's head, when it is there.
    public private(set) var response: HTTPResponse?

    /// Called with the final response's head.
    public var onHead: ((HTTPResponse) -> Void)?
    /// Called with each piece of the body; its bytes are valid during the call.
    public var onData: ((Span<UInt8>) -> Void)?
    /// Called once, at the end; with the trailers, if there were any.
    public var onEnd: ((Result<HTTPFields?, HTTPClientError>) -> Void)?
    /// Called when a streamed body may go on after `isBlocked` was true.
    public var onWritable: (() -> Void)?

    /// Kept until the end: a client may be dropped while its calls are under way.
    private let client: HTTPClient
    private var request: ClientRequest
    private var connection: ClientConnection?
    private var attempt: (any ConnectAttempt)?
    private var phaseTimer: Timer?
    private var totalTimer: Timer?
    /// Ends the wait for the server's consent to a body.
    private var consentTimer: Timer?
    private var redirectsLeft: Int
    /// What is left of a whole body.
    private var upload: ArraySlice<UInt8> = []
    private var hasRetried = false
    private var isOver = false
    private var isRedirect = false
    private var isPaused = false
    private var phase = "connect"

    init(_ client: HTTPClient, _ request: ClientRequest) {
        self.client = client
        self.request = request
        url = request.url
        redirectsLeft = request.redirects ?? client.limits.redirects
        if let total = request.timeouts.total {
            totalTimer = client.reactor.after(total) { [weak self] in
                self?.end(.timedOut("total"))
            }
        }
    }

    // MARK: The caller's verbs

    /// Ends the call; `onEnd` is told `cancelled`.
    public func cancel() { end(.cancelled) }

    /// Writes a piece of a streamed body.
    ///
    /// - Returns: false while the server does not take what is queued: `onWritable` tells when.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Bool {
        guard !isOver, let connection else { return false }
        if let fault = connection.write(bytes) { end(.fault(fault)) }
        return !isBlocked
    }

    /// Ends a streamed body.
    public func finish(trailers: HTTPFields? = nil) {
        guard !isOver, let connection else { return }
        if let fault = connection.finish(trailers) { end(.fault(fault)) }
    }

    /// Whether more is queued than the server takes.
    public var isBlocked: Bool { connection?.isBlocked ?? true }

    /// Holds the response back: after a piece that is under way no more come.
    public func pause() {
        isPaused = true
        phaseTimer?.cancel()
        connection?.pause()
    }

    /// Undoes `pause`.
    public func resume() {
        guard isPaused else { return }
        isPaused = false
        setPhase(phase)
        connection?.resume()
    }

    // MARK: Connecting

    func begin() {
        setPhase("connect")
        if let idle = client.takeIdle(url) { return start(on: idle, isFresh: false) }
        connect()
    }

    private func connect() {
        guard let connect = client.connector(for: url) else { return end(.needsTLS) }
        let connection = ClientConnection(client, url)
        attempt = connect(url, client.reactor, connection, request.timeouts.connect) {
            [weak self] error in
            guard let self else { return }
            attempt = nil
            if let error {
                end(.connect(error))
            } else if isOver {
                connection.abort()
            } else {
                start(on: connection, isFresh: true)
            }
        }
    }

    private func start(on connection: ClientConnection, isFresh: Bool) {
        self.connection = connection
        connection.call = self
        if isFresh { hasRetried = true }
        setPhase("head")
        if let fault = connection.send(request, to: url) { return end(.fault(fault)) }
        if request.expectsContinue, request.body.isSome {
            consentTimer = client.reactor.after(.seconds(1)) { [weak self] in self?.sendBody() }
        } else {
            sendBody()
        }
    }

    private func sendBody() {
        guard let connection, !connection.hasSentBody else { return }
        connection.hasSentBody = true
        switch request.body {
        case .none: break
        case .bytes(let bytes):
            upload = bytes[...]
            pump()
        case .stream(_, let start): start(self)
        }
    }

    /// Sends on what is left of the body: as much as the server takes.
    private func pump() {
        guard let connection, request.body.isWhole, connection.hasSentBody else { return }
        while !upload.isEmpty, !connection.isBlocked {
            let piece = upload.prefix(Self.pieceSize)
            upload = upload.dropFirst(Self.pieceSize)
            if let fault = connection.write(Array(piece)) { return end(.fault(fault)) }
        }
        guard upload.isEmpty, connection.isSending else { return }
        if let fault = connection.finish(nil) { end(.fault(fault)) }
    }

    private static let pieceSize = 128 * 1024

    // MARK: The connection's calls

    func received(_ head: ResponseHead) {
        if head.isInterim {
            if head.status == 100 { sendBody() }
            return
        }
        setPhase("idle")
        if let target = redirect(head) { return follow(target, head.status) }
        if isOver || isRedirect { return }
        let response = head.response
        self.response = response
        onHead?(response)
    }

    func received(_ bytes: Span<UInt8>) {
        if !isPaused { setPhase("idle") }
        if !isRedirect { onData?(bytes) }
    }

    /// The response is complete; the connection has been given back, or will be.
    func completed(_ trailers: HTTPFields?) {
        connection = nil
        consentTimer?.cancel()
        if isRedirect {
            isRedirect = false
            return begin()
        }
        finish(.success(trailers))
    }

    func writable() {
        pump()
        onWritable?()
    }

    /// The connection is over before the response was.
    ///
    /// - Parameter isStale: it had been used before and ended without a byte of an answer.
    func lost(_ error: HTTPClientError, isStale: Bool) {
        connection = nil
        consentTimer?.cancel()
        if isStale, !hasRetried, request.method.isIdempotent, request.body.canBeSentAgain {
            hasRetried = true
            return connect()
        }
        end(error)
    }

    // MARK: Redirects

    /// Where a response leads; nil for one that does not, after an error too.
    private func redirect(_ head: ResponseHead) -> HTTPURL? {
        guard [301, 302, 303, 307, 308].contains(head.status), let text = head[.location],
            redirectsLeft > 0 || request.redirects != 0
        else { return nil }
        guard redirectsLeft > 0 else {
            end(.tooManyRedirects)
            return nil
        }
        guard let target = url.resolving(text), ["http", "https"].contains(target.scheme) else {
            end(.badRedirect)
            return nil
        }
        return target
    }

    private func follow(_ target: HTTPURL, _ status: Int) {
        redirectsLeft -= 1
        let becomesGet = status == 303 || status < 303 && request.method == .post
        if becomesGet, request.method != .head {
            request.method = .get
            request.body = .none
            for name in [HTTPField.Name.contentType, .contentEncoding, .contentLanguage] {
                request.fields[name] = nil
            }
        } else if !request.body.canBeSentAgain {
            return end(.badRedirect)
        }
        // What tells who we are is for the origin that it was given for, and no other.
        if !target.isSameOrigin(as: url) {
            for name in Self.credentials { request.fields[name] = nil }
        }
        url = target
        isRedirect = true
        hasRetried = false
    }

    private static let credentials: [HTTPField.Name] = [
        .authorization, .cookie, .proxyAuthorization,
    ]

    // MARK: Time and the end

    private func setPhase(_ name: String) {
        phase = name
        let limits = request.timeouts
        let limit = name == "connect" ? limits.connect : name == "head" ? limits.head : limits.idle
        if let phaseTimer { return phaseTimer.reset(after: limit) }
        phaseTimer = client.reactor.after(limit) { [weak self] in
            guard let self else { return }
            end(.timedOut(phase))
        }
    }

    private func end(_ error: HTTPClientError) {
        if isOver { return }
        let attempt = attempt
        self.attempt = nil
        attempt?.cancel()
        connection?.call = nil
        connection?.abort()
        connection = nil
        finish(.failure(error))
    }

    private func finish(_ result: Result<HTTPFields?, HTTPClientError>) {
        if isOver { return }
        isOver = true
        phaseTimer?.cancel()
        totalTimer?.cancel()
        consentTimer?.cancel()
        client.ended(self)
        let call = onEnd
        onHead = nil
        onData = nil
        onEnd = nil
        onWritable = nil
        call?(result)
    }
}

extension ClientRequest.Body {
    fileprivate var isWhole: Bool {
        if case .bytes = self { return true }
        return false
    }

    fileprivate var isSome: Bool {
        if case .none = self { return false }
        return true
    }
}

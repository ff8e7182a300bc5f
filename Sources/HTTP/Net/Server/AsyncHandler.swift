import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// A request as a task sees it: usable from everywhere.
public struct AsyncRequest: Sendable {
    public let head: RequestHead
    /// What a router found in the path, by name and decoded.
    public let parameters: [String: String]
    public let peerAddress: TransportAddress
    /// The body; reading it is the consent to a client that awaits 100 Continue.
    public let body: RequestBody

    public var method: HTTPRequest.Method { head.method }
    /// The same as the type that Swift servers share.
    public var request: HTTPRequest { head.request }
}

/// The body of a request: a sequence of pieces, for one reader.
public struct RequestBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]

    let exchange: AsyncExchange
    /// Bytes that are taken at most; nil for the server's limit.
    public var limit: Int?

    /// The whole body.
    ///
    /// - Throws: `HTTPRefusal` with 413 above `limit`, `HTTPFault` for a broken one.
    nonisolated(nonsending) public func collect(upTo limit: Int? = nil) async throws -> [UInt8] {
        var all: [UInt8] = []
        while let piece = try await exchange.next(limit: limit ?? self.limit) { all += piece }
        return all
    }

    public func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    /// One piece after another.
    public struct Iterator: AsyncIteratorProtocol {
        let body: RequestBody

        public func next() async throws -> [UInt8]? {
            try await body.exchange.next(limit: body.limit)
        }

        public func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            try await body.exchange.next(limit: body.limit)
        }
    }
}

/// What a task answers with.
public struct AsyncResponse: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case stream(Int?, @Sendable (ResponseBodyWriter) async throws -> Void)
    }

    public var head: HTTPResponse
    let body: Body

    /// A whole response.
    public init(_ head: HTTPResponse, body: [UInt8] = []) {
        self.head = head
        self.body = .bytes(body)
    }

    /// Text with status 200, unless another is given.
    public init(text: String, status: HTTPResponse.Status = .ok) {
        let type = "text/plain; charset=utf-8"
        self.init(
            HTTPResponse(status: status, headerFields: [.contentType: type]),
            body: Array(text.utf8))
    }

    /// A response whose body is written piece by piece.
    public init(
        _ head: HTTPResponse, length: Int? = nil,
        stream: @escaping @Sendable (ResponseBodyWriter) async throws -> Void
    ) {
        self.head = head
        body = .stream(length, stream)
    }
}

/// Writes the body of a response that goes in pieces.
public struct ResponseBodyWriter: Sendable {
    let exchange: AsyncExchange

    /// Writes a piece, and waits while the peer does not take what is queued.
    ///
    /// - Throws: `RequestAbandoned` when the client has gone.
    nonisolated(nonsending) public func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        try await withCheckedThrowingContinuation { exchange.send(.write(bytes, $0)) }
    }
}

/// Answers a request in a task.
public typealias AsyncHTTPHandler = @Sendable (AsyncRequest) async throws -> AsyncResponse

/// Makes a handler of one that is a task.
///
/// Each request runs in a task of its own, on the reactor's thread until it goes elsewhere, and
/// cancelled when its client goes. An error becomes a 500, a thrown `HTTPRefusal` its own status.
public func asyncHandler(_ handle: @escaping AsyncHTTPHandler) -> HTTPHandler {
    { exchange in AsyncEdge(exchange).run(handle) }
}

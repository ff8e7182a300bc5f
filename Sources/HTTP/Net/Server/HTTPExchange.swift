// One request and its response, as a handler sees them. The response may be given at once or any
// time later, whole or in pieces; exchanges of one connection may be answered in any order, and
// each holds what it has to say until those before it are through. Without a body to be read
// nothing here costs more than the object itself. It knows its connection only by the few verbs
// that it needs of it, and nothing of the transport.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// A request with the means to answer it; confined to the reactor's thread.
public final class HTTPExchange {
    /// The request's head.
    public let head: RequestHead
    /// What a router found in the path, by name and decoded.
    public internal(set) var parameters: [String: String] = [:]
    /// Changes each response on its way out, last added first: for middleware.
    private var responseFilters: [(inout HTTPResponse) -> Void] = []
    /// The pattern of the route that was taken: a label for metrics that no client can multiply.
    public internal(set) var route: String?
    /// Whether bodies, and streams of no known length, are compressed for whoever asks for it.
    public var compresses = false
    /// Compresses the stream that is under way.
    private var compressor: Compressor?

    /// Called once when the peer or the connection has gone before the response was complete.
    public var onAbandoned: (() -> Void)?
    /// Called when the response's bytes have drained after `isBlocked` was true.
    public var onWritable: (() -> Void)?

    /// Called when the server shuts down: for responses without an end, which end now.
    public var onShutDown: (() -> Void)?

    /// Until the response is through or the connection lost, whatever comes first; not weak, which
    /// would cost each request a part of a microsecond.
    var connection: ServerConnection?
    var writer = ResponseWriter()
    /// What is to be written and must wait for the exchanges before this one.
    var held: [UInt8] = []
    /// A big body, and how much of it is sent.
    private var rest: [UInt8] = []
    private var restPlace = 0
    var isFirst: Bool
    /// Whether the response is complete.
    public private(set) var isAnswered = false
    /// Whether the response has begun.
    public private(set) var hasBegun = false
    var intake = BodyIntake()
    private(set) var status = 0
    var bytesOut = 0
    var startedAt: Instant?

    init(_ head: RequestHead, _ connection: ServerConnection, isFirst: Bool) {
        self.head = head
        self.connection = connection
        self.isFirst = isFirst
    }

    public var method: HTTPRequest.Method { head.method }
    /// The other end, for logs.
    public var peerAddress: TransportAddress {
        connection?.transport?.peerAddress ?? .other("gone")
    }
    /// The reactor; nil when the connection has gone.
    public var reactor: Reactor? { connection?.server.reactor }
    /// Whether the connection has gone: an answer would go nowhere.
    public var isAbandoned: Bool { connection == nil }

    // MARK: A whole response

    /// Answers with a head and a whole body.
    ///
    /// A response that breaks a rule of HTTP is logged and becomes a 500.
    public func respond(_ response: HTTPResponse, body: [UInt8] = []) {
        if compresses, let (response, body) = Gzip.compressed(response, body, for: head) {
            compresses = false
            return respond(response, body: body)
        }
        guard begin(response, length: body.count) else { return }
        if body.count <= Self.sharedSize || writer.suppressesBody {
            write(body)
            return finish()
        }
        rest = body
        pump()
    }

    /// Bodies up to this size are copied beside their head: one write for both.
    private static let sharedSize = 16 * 1024
    /// Bodies up to this size are queued whole, by reference.
    private static let queuedSize = 512 * 1024
    /// Of greater ones, so much at a time.
    private static let pieceSize = 128 * 1024

    /// Sends on what is left of a big body: as much as the peer takes, when it is this one's turn.
    ///
    /// A queue is bounded: neither one file of any size nor sixteen that were asked for at once
    /// may stand in it whole.
    func pump() {
        guard isFirst, !rest.isEmpty, let connection, !isAnswered else { return }
        if restPlace == 0, rest.count <= Self.queuedSize, !connection.isBlocked {
            let count = rest.count
            let fault = output { writer, _ throws(HTTPFault) in try writer.passed(count) }
            if let fault { return broken(fault) }
            connection.writeShared(rest, for: self)
            restPlace = count
        }
        while restPlace < rest.count, !connection.isBlocked {
            let end = min(restPlace + Self.pieceSize, rest.count)
            let piece = restPlace..<end
            restPlace = end
            let bytes = rest
            let fault = output { writer, out throws(HTTPFault) in
                try writer.write(bytes.span.extracting(piece), into: &out)
            }
            if let fault { return broken(fault) }
        }
        if restPlace < rest.count { return }
        rest = []
        finish()
    }

    /// Answers 200 with text.
    public func respond(text: String, status: HTTPResponse.Status = .ok) {
        respond(
            HTTPResponse(
                status: status, headerFields: [.contentType: "text/plain; charset=utf-8"]),
            body: Array(text.utf8))
    }

    /// Answers with a problem document (RFC 9457).
    public func refuse(_ status: Int, _ detail: String = "", fields: HTTPFields = [:]) {
        var response = HTTPResponse(
            status: HTTPResponse.Status(reasoned: status), headerFields: fields)
        response.headerFields[.contentType] = ProblemDocument.mediaType
        respond(response, body: ProblemDocument(status: status, detail: detail).json)
    }

    /// Changes the response's head on its way out, after the filters that were added later.
    public func addResponseFilter(_ filter: @escaping (inout HTTPResponse) -> Void) {
        responseFilters.append(filter)
    }

    // MARK: A response in pieces

    /// Writes the head; the body follows by `write`, and `finish` ends it.
    ///
    /// - Parameter length: bytes of the body; nil when that is not known.
    /// - Returns: false when there is nobody to write to any more, or the head was refused.
    @discardableResult
    public func begin(_ response: HTTPResponse, length: Int? = nil) -> Bool {
        guard let connection, !hasBegun else { return false }
        var response = response
        if compresses, length == nil, let changed = Gzip.encoded(response, for: head) {
            compressor = method == .head ? nil : Compressor(.gzip)
            if method == .head || compressor != nil { response = changed }
        }
        if !responseFilters.isEmpty {
            for filter in responseFilters.reversed() { filter(&response) }
        }
        hasBegun = true
        status = response.status.code
        let request = AnsweredRequest(
            method: head.method, isHTTP10: head.isHTTP10,
            keepsConnection: connection.keepsConnection(after: self))
        let date = connection.server.date
        let fault = output { writer, out throws(HTTPFault) in
            try writer.begin(response, to: request, length: length, date: date, into: &out)
        }
        guard let fault else { return true }
        connection.server.reactor.log(.error, "a response was refused: \(fault)")
        hasBegun = false
        compressor = nil
        responseFilters = []
        if response.status.code != 500 { refuse(500) } else { connection.abort() }
        return false
    }

    /// Writes a piece of the body.
    ///
    /// - Returns: false while the peer does not take what is queued: `onWritable` tells when.
    @discardableResult
    public func write(_ bytes: Span<UInt8>) -> Bool { write([UInt8](copying: bytes)) }

    /// Writes a piece of the body.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Bool {
        guard hasBegun, !isAnswered else { return false }
        // What was written goes out: a stream is not to wait until there is more.
        let piece = compressor == nil || bytes.isEmpty ? bytes : compressor?.compress(bytes, .sync)
        writePiece(piece)
        return !isBlocked
    }

    /// Writes bytes of the body as they go over the wire; nil for those that could not be made.
    private func writePiece(_ bytes: [UInt8]?) {
        let fault = output { writer, out throws(HTTPFault) in
            guard let bytes else { throw HTTPFault(.local, status: 500, "no memory for gzip") }
            try writer.write(bytes.span, into: &out)
        }
        if let fault { broken(fault) }
    }

    /// Whether more is queued than the peer takes.
    public var isBlocked: Bool {
        guard let connection else { return true }
        return held.count > Self.heldLimit || isFirst && connection.isBlocked
    }

    /// Bytes that an exchange holds before it says that it is blocked.
    private static let heldLimit = 64 * 1024

    /// Ends the response.
    public func finish(trailers: HTTPFields? = nil) {
        guard hasBegun, !isAnswered else { return }
        if let compressor {
            self.compressor = nil
            writePiece(compressor.compress([], .end))
        }
        isAnswered = true
        onShutDown = nil
        let fault = output { writer, out throws(HTTPFault) in
            try writer.end(trailers, into: &out)
        }
        if let fault { return broken(fault) }
        connection?.answered(self)
    }

    /// Sets the marks and the limit of what is queued for the peer, for long streams.
    public func setWriteLimits(_ limits: WriteLimits) {
        if isFirst { connection?.setWriteLimits(limits) }
    }

    /// Ends the connection: the response cannot be completed.
    public func abort() { connection?.abort() }

    // MARK: Inside

    /// Lets the writer write, into the connection's own buffer when this exchange is its first.
    private func output(
        _ write: (inout ResponseWriter, inout [UInt8]) throws(HTTPFault) -> Void
    ) -> HTTPFault? {
        guard let connection else { return nil }
        do throws(HTTPFault) { try connection.write(by: self, write) } catch { return error }
        return nil
    }

    private func broken(_ fault: HTTPFault) {
        guard let connection else { return }
        connection.server.reactor.log(.error, "a response was cut off: \(fault)")
        connection.abort()
    }

    /// The connection has gone.
    func abandon() {
        connection = nil
        intake.end(.abandoned)
        deliverBody()
        let call = isAnswered ? nil : onAbandoned
        onAbandoned = nil
        onWritable = nil
        onShutDown = nil
        held = []
        rest = []
        compressor = nil
        call?()
    }
}

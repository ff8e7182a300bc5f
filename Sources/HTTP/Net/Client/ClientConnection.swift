// One connection of a client: it carries one request after another and knows no redirects, no
// retries and no times. While it is idle, anything that the server says is a reason to close: it
// would be read as the answer to a question that was not asked yet.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// The protocol of one connection of a client.
final class ClientConnection: StreamProtocol {
    let origin: HTTPURL
    weak var call: HTTPCall?
    var hasSentBody = false
    private let client: HTTPClient
    private var transport: (any Transport)?
    private var parser: ResponseParser
    private var writer = RequestWriter()
    private var useCount = 0
    private var hasAnswer = false
    private var isComplete = false
    private var isReusable = true
    private var backlog: [UInt8] = []
    private var isPaused = false
    private var isReading = false
    /// What speaks after 101, given the bytes that came with it.
    var onUpgrade: ((ResponseHead, any Transport) throws -> (any StreamProtocol)?)?
    private var successor: (any StreamProtocol)?

    init(_ client: HTTPClient, _ origin: HTTPURL) {
        self.client = client
        self.origin = origin
        parser = ResponseParser(limits: client.limits)
    }

    var isOpen: Bool { transport != nil }
    var isBlocked: Bool { transport?.isWriteBlocked ?? true }
    /// Whether a request has begun and is not complete.
    var isSending: Bool { writer.isUnderway }

    // MARK: Requests

    /// Sends the head of a request; gives the fault when it breaks a rule.
    func send(_ request: ClientRequest, to url: HTTPURL) -> HTTPFault? {
        useCount += 1
        hasAnswer = false
        isComplete = false
        hasSentBody = false
        let head = HTTPRequest(
            method: request.method, scheme: url.scheme, authority: url.hostField,
            path: url.target, headerFields: request.fields(for: url))
        return write { writer, out throws(HTTPFault) in
            try parser.expect(request.method)
            try writer.begin(
                head, length: request.length, hasBody: request.hasBody, into: &out)
            if !request.hasBody { try writer.end(into: &out) }
        }
    }

    /// Writes a piece of the body.
    func write(_ bytes: [UInt8]) -> HTTPFault? {
        write { writer, out throws(HTTPFault) in try writer.write(bytes.span, into: &out) }
    }

    /// Ends the body.
    func finish(_ trailers: HTTPFields?) -> HTTPFault? {
        if isComplete { return nil }
        return write { writer, out throws(HTTPFault) in try writer.end(trailers, into: &out) }
    }

    private func write(
        _ body: (inout RequestWriter, inout [UInt8]) throws(HTTPFault) -> Void
    ) -> HTTPFault? {
        var out: [UInt8] = []
        do throws(HTTPFault) { try body(&writer, &out) } catch { return error }
        transport?.write(shared: out)
        return nil
    }

    func pause() {
        isPaused = true
        transport?.pauseReading()
    }

    func resume() {
        isPaused = false
        transport?.resumeReading()
        guard !backlog.isEmpty, let transport else { return }
        transport.reactor.later { [self] in
            if isPaused || isReading { return }
            let bytes = backlog
            backlog = []
            process(bytes.span)
        }
    }

    func abort() {
        isReusable = false
        transport?.abort()
    }

    func close() { transport?.close() }

    // MARK: The transport's calls

    func connectionMade(on transport: any Transport) { self.transport = transport }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        if let successor { return try successor.received(bytes, on: transport) }
        if !backlog.isEmpty {
            backlog.append(copying: bytes)
        } else {
            process(bytes)
        }
    }

    private func process(_ bytes: Span<UInt8>) {
        hasAnswer = true
        isReading = true
        var place = 0
        do throws(HTTPFault) {
            reading: while !isPaused, transport != nil {
                switch try parser.step(bytes, &place) {
                case .needsMore: break reading
                case .head: gotHead()
                case .data(let range): call?.received(bytes.extracting(range))
                case .end:
                    completed()
                    if successor != nil { break reading }
                }
            }
        } catch {
            isReusable = false
            let call = call
            self.call = nil
            transport?.abort(.protocolViolation(error.protocolError))
            call?.lost(.fault(error), isStale: false)
        }
        isReading = false
        if place < bytes.count, transport != nil {
            let rest = bytes.extracting(droppingFirst: place)
            if let successor, let transport {
                do { try successor.received(rest, on: transport) } catch {
                    transport.abort(Disconnect(thrown: error))
                }
            } else {
                backlog = [UInt8](copying: rest)
            }
        }
    }

    private func gotHead() {
        if !parser.head.keepsConnection { isReusable = false }
        call?.received(parser.head)
    }

    /// The response is complete.
    private func completed() {
        isComplete = true
        let call = call
        self.call = nil
        if parser.head.status == 101 {
            upgrade()
        } else if isReusable, !writer.isUnderway {
            client.giveBack(self)
        } else {
            // A body that is still being sent has lost its reader.
            transport?.close()
        }
        call?.completed(parser.trailers)
    }

    private func upgrade() {
        guard let onUpgrade, let transport else {
            self.transport?.abort()
            return
        }
        do {
            successor = try onUpgrade(parser.head, transport)
            if successor == nil { return transport.close() }
            try successor?.connectionMade(on: transport)
        } catch {
            transport.abort(Disconnect(thrown: error))
        }
    }

    func readEnded(on transport: any Transport) throws {
        if let successor { return try successor.readEnded(on: transport) }
        isReusable = false
        do throws(HTTPFault) {
            if try parser.inputEnded() { completed() }
        } catch {
            let call = call
            self.call = nil
            call?.lost(.disconnected(.closedByPeer), isStale: isStale)
        }
        transport.close()
    }

    func writeBlocked(on transport: any Transport) { successor?.writeBlocked(on: transport) }

    func writeReady(on transport: any Transport) {
        if let successor { return successor.writeReady(on: transport) }
        call?.writable()
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        self.transport = nil
        client.lost(self)
        let call = call
        self.call = nil
        call?.lost(.disconnected(reason), isStale: isStale)
        successor?.connectionLost(reason, on: transport)
        successor = nil
        onUpgrade = nil
    }

    /// Whether it was used before and has ended without a word on the present request.
    private var isStale: Bool { useCount > 1 && !hasAnswer }
}

extension ClientRequest {
    var hasBody: Bool {
        if case .none = body { return false }
        return true
    }

    var length: Int? {
        switch body {
        case .none: nil
        case .bytes(let bytes): bytes.count
        case .stream(let length, _): length
        }
    }

    /// The fields as they are sent.
    func fields(for url: HTTPURL) -> HTTPFields {
        var fields = fields
        if expectsContinue, hasBody { fields[.expect] = "100-continue" }
        if !fields.contains(.userAgent) { fields[.userAgent] = "Fairlead" }
        if !fields.contains(.accept) { fields[.accept] = "*/*" }
        return fields
    }
}

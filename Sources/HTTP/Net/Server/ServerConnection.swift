// One connection of a server: bytes to exchanges, and their answers to bytes, strictly in order.
//
// `current` is the exchange whose turn it is to write; those in `waiting` came after it and hold
// what they say. Requests are handed out as they come, so that handlers may work side by side,
// but one that changes something (not GET, HEAD, OPTIONS) waits until all before it are answered.
// Reading stops when too many wait, when a body is not wanted yet, when the peer does not take
// what we send; what was read already is kept in `backlog` and goes first. While a chunk is being
// processed all output is gathered (`isCorked`) and leaves with one write.
//
// After a fault nothing more is read: the answers before it are completed, then the error goes
// out and the connection closes. It must never know what a path or a handler is.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// The protocol of one connection of a server.
final class ServerConnection: StreamProtocol {
    let server: HTTPServer
    private(set) var transport: (any Transport)?
    private var parser: RequestParser
    private var current: HTTPExchange?
    private var waiting: [HTTPExchange] = []
    /// The exchange whose request is not complete.
    private var reading: HTTPExchange?
    /// Whether the newest request waits for those before it.
    private var holdsNewest = false
    /// Nothing more is read: closing, broken, or handed over.
    private(set) var isStopped = false
    private var fault: HTTPFault?
    private var backlog: [UInt8] = []
    private var out: [UInt8] = []
    private var isCorked = false
    private var isProcessing = false
    /// What speaks after an upgrade.
    private var successor: (any StreamProtocol)?
    private var isHandedOver = false
    private var pace = Pace()
    /// Whether a request was broken off: what still comes of it must not reset the connection.
    private var isBrokenOff = false
    private var isLingering = false
    private var inputIsOver = false

    init(_ server: HTTPServer) {
        self.server = server
        parser = RequestParser(limits: server.limits)
    }

    // MARK: The transport's calls

    func connectionMade(on transport: any Transport) {
        self.transport = transport
        server.began(self)
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        if isHandedOver {
            try successor?.received(bytes, on: transport)
            return
        }
        if isStopped { return }
        cork()
        parser.exchangeMemory(&server.spareHead)
        if backlog.isEmpty {
            process(bytes)
        } else {
            backlog.append(copying: bytes)
            processBacklog()
        }
        parser.exchangeMemory(&server.spareHead)
        try uncork()
    }

    func readEnded(on transport: any Transport) throws {
        if isHandedOver {
            try successor?.readEnded(on: transport)
            return
        }
        inputIsOver = true
        if backlog.isEmpty { inputEnded() }
    }

    /// The peer sends nothing more; what it has asked for is still answered.
    private func inputEnded() {
        isStopped = true
        isBrokenOff = false
        // The end of a request may be all that is left to be found.
        let nothing: [UInt8] = []
        var place = 0
        if reading != nil, (try? parser.step(nothing.span, &place)) == .end { requestEnded() }
        if reading != nil { failed(HTTPFault(.remote, status: 400, "a body that was cut off")) }
        if current == nil || isLingering { transport?.close() }
    }

    func writeBlocked(on transport: any Transport) {
        if isHandedOver { successor?.writeBlocked(on: transport) }
    }

    func writeReady(on transport: any Transport) {
        if isHandedOver {
            successor?.writeReady(on: transport)
            return
        }
        current?.pump()
        current?.onWritable?()
        resume()
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        isStopped = true
        let exchanges = (current.map { [$0] } ?? []) + waiting
        current = nil
        waiting = []
        reading = nil
        for exchange in exchanges { exchange.abandon() }
        self.transport = nil
        server.ended(self)
        if isHandedOver { successor?.connectionLost(reason, on: transport) }
        successor = nil
    }

    // MARK: Reading

    private func process(_ bytes: Span<UInt8>) {
        isProcessing = true
        var place = 0
        do throws(HTTPFault) {
            reading: while mayRead {
                switch try parser.step(bytes, &place) {
                case .needsMore: break reading
                case .head: begin(parser.head)
                case .data(let range): take(bytes.extracting(range))
                case .end: requestEnded()
                }
            }
        } catch {
            failed(error)
        }
        isProcessing = false
        keepRest(bytes, from: place)
    }

    private func processBacklog() {
        var bytes: [UInt8] = []
        swap(&bytes, &backlog)
        process(bytes.span)
    }

    /// What cannot be processed now waits, and so does the peer.
    private func keepRest(_ bytes: Span<UInt8>, from place: Int) {
        if place < bytes.count, successor != nil || !isStopped {
            backlog = [UInt8](copying: bytes.extracting(droppingFirst: place))
        }
        if inputIsOver, backlog.isEmpty, !isStopped { return inputEnded() }
        if !mayRead, !isStopped { transport?.pauseReading() }
    }

    private var mayRead: Bool {
        if isStopped || holdsNewest || waiting.count >= server.limits.pipelined { return false }
        if let reading, reading.intake.isWaiting { return false }
        return !isBlocked
    }

    /// Goes on after something that had to be waited for.
    private func resume() {
        if isProcessing || isHandedOver || transport == nil || !mayRead { return }
        transport?.resumeReading()
        // Without more bytes there may still be the end of a request to be found.
        guard !backlog.isEmpty || reading != nil else { return }
        // Not from inside whatever has called us.
        server.reactor.later { [self] in
            guard mayRead, !isProcessing, transport != nil else { return }
            cork()
            processBacklog()
            do { try uncork() } catch { transport?.abort(Disconnect(thrown: error)) }
        }
    }

    // MARK: Requests

    private func begin(_ head: RequestHead) {
        pace.requests &+= 1
        let exchange = HTTPExchange(head, self, isFirst: current == nil)
        reading = exchange
        if server.accessLog != nil { exchange.startedAt = server.reactor.now }
        if current == nil {
            current = exchange
        } else {
            waiting.append(exchange)
            if !head.method.isSafe || !(current?.method.isSafe ?? true) {
                holdsNewest = true
                return
            }
        }
        server.dispatch(exchange)
    }

    private func take(_ bytes: Span<UInt8>) {
        guard let reading else { return }
        pace.bytesIn &+= bytes.count
        if reading.received(bytes) {
            if reading.intake.isDiscarded, reading.isAnswered,
                reading.intake.received > server.limits.drainedBody
            {
                stopAfterAnswers()
            }
            return
        }
        reading.intake.end(.tooLong)
        stopAfterAnswers()
        reading.deliverBody()
    }

    private func requestEnded() {
        guard let exchange = reading else { return }
        reading = nil
        if !exchange.head.keepsConnection { isStopped = true }
        if exchange.head.hasBody {
            exchange.intake.end(.complete(parser.trailers))
            exchange.deliverBody()
        }
        if exchange === current, exchange.isAnswered { advance() }
    }

    /// The handler wants the body, or wants it again.
    func readsBody(of exchange: HTTPExchange) {
        let awaits = exchange === reading && exchange.head.expectsContinue
        if awaits, exchange.intake.received == 0, exchange.intake.ending == nil,
            !exchange.hasBegun, exchange === current
        {
            write { writer, out throws(HTTPFault) in
                try writer.interim(HTTPResponse(status: .continue), into: &out)
            }
        }
        if !exchange.head.hasBody { exchange.intake.end(.complete(nil)) }
        if case .tooLong = exchange.intake.ending { stopAfterAnswers() }
        exchange.deliverBody()
        resume()
    }

    private func failed(_ fault: HTTPFault) {
        server.count(fault)
        isStopped = true
        isBrokenOff = !inputIsOver
        guard let exchange = reading else {
            self.fault = fault
            if current == nil { writeFault() }
            return
        }
        reading = nil
        exchange.intake.end(.broken(fault))
        exchange.deliverBody()
        if !exchange.hasBegun { exchange.refuse(fault.status, fault.message) }
        // A response that was under way cannot be completed as if nothing had happened.
        if !exchange.isAnswered { return abort() }
        // One that was complete before its request has only waited for this.
        if exchange === current { advance() }
    }

    /// What comes is not read any more; what has been asked is answered.
    private func stopAfterAnswers() {
        isStopped = true
        guard let exchange = reading else { return }
        isBrokenOff = exchange.head.hasBody
        reading = nil
        if exchange === current, exchange.isAnswered { advance() }
    }

    private func writeFault() {
        guard let fault else { return }
        self.fault = nil
        var response = HTTPResponse(status: HTTPResponse.Status(reasoned: fault.status))
        response.headerFields[.contentType] = ProblemDocument.mediaType
        let body = ProblemDocument(status: fault.status, detail: fault.message).json
        let request = AnsweredRequest(method: .get, keepsConnection: false)
        var writer = ResponseWriter()
        cork()
        do throws(HTTPFault) {
            try writer.begin(
                response, to: request, length: body.count, date: server.date, into: &out)
            try writer.write(body.span, into: &out)
            try writer.end(into: &out)
        } catch {
            server.reactor.log(.error, "\(error)")
        }
        closeNow()
    }

    // MARK: Answers

    /// Whether the connection can go on after the answer to an exchange.
    func keepsConnection(after exchange: HTTPExchange) -> Bool {
        if !exchange.head.keepsConnection { return false }
        let isLast = exchange === current ? waiting.isEmpty : exchange === waiting.last
        if isLast, isStopped || server.isShuttingDown { return false }
        guard exchange === reading, !exchange.intake.isDecided else { return true }
        switch exchange.head.framing {
        case .none: return true
        case .length(let length):
            return !exchange.head.expectsContinue
                && length - exchange.intake.received <= server.limits.drainedBody
        case .chunked, .untilClose: return !exchange.head.expectsContinue
        }
    }

    /// Lets an exchange write, into the common buffer when it is its turn.
    func write(
        by exchange: HTTPExchange,
        _ body: (inout ResponseWriter, inout [UInt8]) throws(HTTPFault) -> Void
    ) throws(HTTPFault) {
        guard exchange === current else { return try body(&exchange.writer, &exchange.held) }
        let wasCorked = isCorked
        if !wasCorked { cork() }
        let before = out.count
        defer {
            exchange.bytesOut += out.count - before
            if !wasCorked || out.count > 64 * 1024 { flushOnly(uncorks: !wasCorked) }
        }
        try body(&exchange.writer, &out)
    }

    private func write(
        _ body: (inout ResponseWriter, inout [UInt8]) throws(HTTPFault) -> Void
    ) {
        guard let current else { return }
        do throws(HTTPFault) { try write(by: current, body) } catch {
            server.reactor.log(.error, "\(error)")
        }
    }

    /// Sends a big body by reference, after what is gathered.
    func writeShared(_ bytes: [UInt8], for exchange: HTTPExchange) {
        flush()
        pace.bytesOut &+= bytes.count
        exchange.bytesOut += bytes.count
        transport?.write(shared: bytes)
    }

    var isBlocked: Bool { transport?.isWriteBlocked ?? true }

    func setWriteLimits(_ limits: WriteLimits) {
        flush()
        transport?.writeLimits = limits
    }

    /// An exchange is complete.
    func answered(_ exchange: HTTPExchange) {
        if exchange === reading {
            if !exchange.intake.isDecided { exchange.intake.isDiscarded = true }
            // Its answer said that the connection ends: the rest of its body is not waited for.
            if exchange.writer.mustClose { return stopAfterAnswers() }
            return resume()
        }
        if exchange === current { advance() }
    }

    /// The turn goes to the next exchange, and on while they are answered already.
    private func advance() {
        while let exchange = current, exchange.isAnswered, exchange !== reading {
            server.log(exchange)
            let mustClose = exchange.writer.mustClose
            exchange.connection = nil
            current = waiting.isEmpty ? nil : waiting.removeFirst()
            if mustClose, fault == nil { return closeNow() }
            guard let next = current else { break }
            takeTurn(next)
        }
        if current == nil {
            if fault != nil { return writeFault() }
            if isStopped || server.isShuttingDown { return closeNow() }
        }
        resume()
    }

    /// What an exchange has held goes out; one that was kept back begins.
    private func takeTurn(_ exchange: HTTPExchange) {
        exchange.isFirst = true
        let held = exchange.held
        exchange.held = []
        exchange.bytesOut += held.count
        let wasCorked = isCorked
        if !wasCorked { cork() }
        out += held
        if !wasCorked { flushOnly(uncorks: true) }
        if holdsNewest, waiting.isEmpty {
            holdsNewest = false
            server.dispatch(exchange)
        } else if !exchange.isAnswered {
            exchange.pump()
            exchange.onWritable?()
        }
    }

    /// Closes; later where the peer may still be sending: a reset would overtake the answer.
    private func closeNow() {
        isStopped = true
        flush()
        if isBrokenOff {
            isLingering = true
            transport?.closeWrite()
            transport?.resumeReading()
        } else {
            transport?.close()
        }
    }

    func abort() { transport?.abort() }

    /// For shut-down: an idle connection closes now, a busy one after its answers, what has no end
    /// of its own when it is told.
    func finishWhenIdle() {
        if isHandedOver {
            (successor as? WebSocket)?.close(.goingAway)
        } else if let current {
            current.onShutDown?()
        } else {
            closeNow()
        }
    }

    // MARK: Output

    private func cork() {
        if isCorked { return }
        isCorked = true
        swap(&out, &server.spareOutput)
    }

    /// The end of a chunk's processing: what was gathered leaves.
    private func uncork() throws {
        flushOnly(uncorks: true)
        if let successor, !isHandedOver, let transport { try handOver(to: successor, transport) }
    }

    private func flush() {
        if out.isEmpty { return }
        pace.bytesOut &+= out.count
        transport?.write(out.span)
        out.removeAll(keepingCapacity: out.capacity <= 256 * 1024)
    }

    private func flushOnly(uncorks: Bool) {
        flush()
        guard uncorks, isCorked else { return }
        isCorked = false
        swap(&out, &server.spareOutput)
    }

    // MARK: Upgrades

    /// Answers 101; from now on `next` speaks on this connection.
    ///
    /// - Returns: false when it is not this exchange's turn, or the request has a body.
    func upgrade(
        _ exchange: HTTPExchange, to name: String, _ fields: HTTPFields,
        _ next: any StreamProtocol
    ) -> Bool {
        guard exchange === current, waiting.isEmpty, !exchange.head.hasBody, transport != nil,
            successor == nil
        else { return false }
        do throws(HTTPFault) {
            try write(by: exchange) { writer, out throws(HTTPFault) in
                try writer.switchProtocols(to: name, fields, into: &out)
            }
        } catch {
            server.reactor.log(.error, "an upgrade was refused: \(error)")
            return false
        }
        server.log(exchange)
        isStopped = true
        successor = next
        current = nil
        reading = nil
        exchange.connection = nil
        if !isCorked, let transport {
            do { try handOver(to: next, transport) } catch {
                transport.abort(Disconnect(thrown: error))
            }
        }
        return true
    }

    private func handOver(to next: any StreamProtocol, _ transport: any Transport) throws {
        isHandedOver = true
        let rest = backlog
        backlog = []
        try next.connectionMade(on: transport)
        transport.resumeReading()
        if !rest.isEmpty { try next.received(rest.span, on: transport) }
    }

    // MARK: Each second

    func sweep() {
        guard let transport, !isHandedOver else { return }
        let state: Pace.State =
            if isLingering {
                .lingering
            } else if reading != nil, mayRead {
                .body
            } else if current != nil || isStopped {
                .busy
            } else if parser.isUnderway || pace.requests == 0 {
                .head
            } else {
                .idle
            }
        let verdict = pace.judge(
            state, at: server.tick, queued: transport.queuedBytes, server.limits)
        switch verdict {
        case .fine: break
        case .close: closeNow()
        case .timedOut where isLingering: transport.close()
        case .timedOut where parser.isUnderway && current == nil:
            failed(HTTPFault(.remote, status: 408, "a request that took too long"))
        case .timedOut: transport.abort(.timedOut("the peer was too slow"))
        }
    }
}

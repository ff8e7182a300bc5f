import FairleadHTTPWire
import FairleadWire
import HTTPTypes

extension HTTPExchange {
    /// Reads the request's body in pieces.
    ///
    /// Reading is the handler's consent to a client that awaits `100 Continue`; answering without
    /// reading is the refusal. Until a handler reads, the peer is held back.
    /// - Parameters:
    ///   - limit: bytes that are taken at most; nil for that of the server's limits.
    ///   - onData: called with each piece, whose bytes are valid during the call.
    ///   - onEnd: called once, with how it ended.
    public func readBody(
        upTo limit: Int? = nil, onData: @escaping (Span<UInt8>) -> Void,
        onEnd: @escaping (BodyEnd) -> Void
    ) {
        guard let connection else { return onEnd(.abandoned) }
        if intake.isDecided { return onEnd(.abandoned) }
        let limit = limit ?? connection.server.limits.body
        intake.begin(limit, onData, onEnd)
        if (head.contentLength ?? 0) > limit || intake.received > limit { intake.end(.tooLong) }
        connection.readsBody(of: self)
    }

    /// Reads the request's body whole.
    ///
    /// A body above its limit is answered with 413, a broken one with its fault; `body` is called
    /// for a whole one only.
    public func collectBody(upTo limit: Int? = nil, _ body: @escaping ([UInt8]) -> Void) {
        var collected: [UInt8] = []
        readBody(upTo: limit) {
            collected.append(copying: $0)
        } onEnd: { [weak self] ending in
            guard let self else { return }
            switch ending {
            case .complete: body(collected)
            case .tooLong: refuse(413, "a body above the limit")
            case .broken(let fault): refuse(fault.status, fault.message)
            case .abandoned: break
            }
        }
    }

    /// Holds the body back: after a piece that is under way no more come.
    public func pauseBody() { intake.isPaused = true }

    /// Undoes `pauseBody`.
    public func resumeBody() {
        guard intake.isPaused else { return }
        intake.isPaused = false
        connection?.readsBody(of: self)
    }

    /// A piece has come; false when it is too much.
    func received(_ bytes: Span<UInt8>) -> Bool {
        guard intake.isFlowing else { return intake.take(bytes) }
        guard intake.count(bytes.count) else { return false }
        intake.onData?(bytes)
        return true
    }

    /// Delivers what has waited, and the end when it is time.
    func deliverBody() {
        if let onData = intake.onData, !intake.isPaused {
            let early = intake.takeEarly()
            if !early.isEmpty { onData(early.span) }
        }
        intake.takeEnd()?()
    }
}

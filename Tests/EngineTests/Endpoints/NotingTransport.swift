import FairleadEngine
import FairleadWire

/// A transport that notes what is asked of it, and does what a real one does at its end.
final class NotingTransport: Transport {
    let reactor: Reactor
    var localAddress = TransportAddress.other("here")
    var peerAddress = TransportAddress.other("there")
    var written: [UInt8] = []
    var isReading = true
    var pauses = 0
    var reason: Disconnect?
    var writeLimits = WriteLimits()
    var queuedBytes: Int { 0 }
    var isWriteBlocked: Bool { false }
    var handler: (any StreamProtocol)?

    init(_ reactor: Reactor) { self.reactor = reactor }

    /// Begins a connection as a real transport does.
    func start(_ handler: any StreamProtocol) {
        self.handler = handler
        do { try handler.connectionMade(on: self) } catch { abort(Disconnect(thrown: error)) }
    }

    /// Bytes arrive; given to the protocol only while it reads.
    func arrive(_ bytes: [UInt8]) {
        guard reason == nil, isReading else { return }
        do { try handler?.received(bytes.span, on: self) } catch {
            abort(Disconnect(thrown: error))
        }
    }

    func arrive(_ text: String) { arrive(Array(text.utf8)) }

    func arriveEnd() {
        guard reason == nil, isReading else { return }
        do { try handler?.readEnded(on: self) } catch { abort(Disconnect(thrown: error)) }
    }

    var text: String { String(decoding: written, as: UTF8.self) }

    func write(_ bytes: Span<UInt8>) { if reason == nil { written.append(copying: bytes) } }
    func write(shared bytes: [UInt8]) { if reason == nil { written += bytes } }
    func close() { end(.closedByUs) }
    func abort() { end(.closedByUs) }
    func abort(_ reason: Disconnect) { end(reason) }
    func closeWrite() {}
    func pauseReading() {
        isReading = false
        pauses += 1
    }
    func resumeReading() { isReading = true }

    func end(_ reason: Disconnect) {
        if self.reason != nil { return }
        self.reason = reason
        reactor.later { [self] in
            let handler = handler
            self.handler = nil
            handler?.connectionLost(reason, on: self)
        }
    }
}

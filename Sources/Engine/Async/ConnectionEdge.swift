import FairleadWire

/// The reactor's side of a connection that tasks use: passes events in and orders out.
final class ConnectionEdge: StreamProtocol {
    private(set) lazy var exchange = Exchange(self, transport, readLimit: readLimit)
    private let transport: any Transport
    private let readLimit: Int
    private var onStart: ((Exchange) -> Void)?
    private var isOpen = false
    private var ended = Exchange.Ending.none

    /// - Parameter onStart: called once when the connection stands.
    init(
        _ transport: any Transport, readLimit: Int = 64 * 1024,
        onStart: ((Exchange) -> Void)? = nil
    ) {
        self.transport = transport
        self.readLimit = readLimit
        self.onStart = onStart
    }

    func connectionMade(on transport: any Transport) {
        isOpen = true
        onStart?(exchange)
        onStart = nil
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        if exchange.deliver(bytes) { transport.pauseReading() }
    }

    func readEnded(on transport: any Transport) { exchange.endInput(nil) }
    func writeReady(on transport: any Transport) { look() }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        isOpen = false
        exchange.end(reason)
    }

    /// Does what the tasks have left to be done.
    func look() {
        guard isOpen else { return }
        while true {
            let orders = exchange.takeOrders()
            for chunk in orders.chunks { transport.write(shared: chunk) }
            if orders.ending <= .closeWrite, !orders.wantsPause { transport.resumeReading() }
            let hasMore = exchange.noteQueued(transport.queuedBytes)
            if orders.ending > ended { finish(orders.ending) }
            if !hasMore { return }
        }
    }

    private func finish(_ ending: Exchange.Ending) {
        ended = ending
        switch ending {
        case .none: break
        case .closeWrite: transport.closeWrite()
        case .close: transport.close()
        case .abort: transport.abort()
        }
    }
}

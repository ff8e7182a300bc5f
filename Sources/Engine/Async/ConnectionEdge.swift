import FairleadWire

/// The reactor's side of a connection that tasks use: passes events in and orders out.
final class ConnectionEdge: StreamProtocol {
    let exchange: Exchange
    private let transport: any Transport
    private var onStart: ((Exchange) -> Void)?
    private var isOpen = false
    private var isSettling = false
    private var ended = Exchange.Ending.none

    /// - Parameter onStart: called once when the connection stands.
    init(
        _ transport: any Transport, readLimit: Int = 64 * 1024,
        onStart: ((Exchange) -> Void)? = nil
    ) {
        self.transport = transport
        exchange = Exchange(transport, readLimit: readLimit)
        self.onStart = onStart
    }

    func connectionMade(on transport: any Transport) {
        isOpen = true
        let exchange = exchange
        // The transport's own end comes with the reactor's; this list is how tasks find us.
        transport.reactor.underway.begin(
            exchange, tell: { exchange.end(.closedByUs) }, look: { self.look() }, end: {})
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
        transport.reactor.underway.finished(exchange)
        exchange.end(reason)
    }

    /// Does what the tasks have left to be done.
    func look() {
        guard isOpen else { return }
        let orders = exchange.takeOrders()
        for chunk in orders.chunks { transport.write(shared: chunk) }
        if orders.ending <= .closeWrite, !orders.wantsPause { transport.resumeReading() }
        if orders.ending > ended { finish(orders.ending) }
        settle()
    }

    /// Lets waiting writers go on as far as there is room, when the present calls have returned: by
    /// then it is known whether the connection has ended over what was written.
    private func settle() {
        if isSettling { return }
        isSettling = true
        transport.reactor.later { [self] in
            isSettling = false
            if isOpen, exchange.noteQueued(transport.queuedBytes) { look() }
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

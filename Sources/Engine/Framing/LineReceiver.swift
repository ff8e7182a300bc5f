import FairleadWire

/// Cuts one connection's bytes into lines for a `LineProtocol`; one receiver a connection.
///
/// `reactor.listen("tcp:8000") { _ in LineReceiver(Chat()) }`. A pause takes effect between two
/// lines of one chunk, and so does a close: nothing is delivered after it.
public final class LineReceiver: StreamProtocol {
    private let handler: any LineProtocol
    private let framer: LineFramer
    private var connection: LineConnection?

    /// - Parameters:
    ///   - delimiter: what ends a line.
    ///   - maximum: the longest line, in bytes without its end.
    public init(
        _ handler: any LineProtocol, delimiter: LineFramer.Delimiter = .crlf,
        maximum: Int = 16 * 1024
    ) {
        self.handler = handler
        framer = LineFramer(delimiter, maximum: maximum)
    }

    public func connectionMade(on transport: any Transport) throws {
        let connection = LineConnection(transport, handler, framer)
        self.connection = connection
        try handler.connectionMade(on: connection)
    }

    public func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        try connection?.feed(bytes)
    }

    public func readEnded(on transport: any Transport) throws { try connection?.feedEnd() }

    public func writeBlocked(on transport: any Transport) {
        if let connection { handler.writeBlocked(on: connection) }
    }

    public func writeReady(on transport: any Transport) {
        if let connection { handler.writeReady(on: connection) }
    }

    public func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        // Where making the connection failed at once, there has been none yet.
        let connection = connection ?? LineConnection(transport, handler, framer)
        connection.finish()
        self.connection = nil
        handler.connectionLost(reason, on: connection)
    }
}

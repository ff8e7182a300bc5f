import FairleadWire

/// Cuts one connection's bytes into messages for a `MessageProtocol`; one receiver a connection.
///
/// What is no message ends the connection as a protocol violation. A pause takes effect between
/// two messages of one chunk, and so does a close: nothing is delivered after it.
public final class MessageReceiver: StreamProtocol {
    private let handler: any MessageProtocol
    private let framer: any MessageFramer
    private var connection: MessageConnection?

    /// A receiver of messages that `framer`, fresh, can cut.
    public init(_ handler: any MessageProtocol, _ framer: any MessageFramer) {
        self.handler = handler
        self.framer = framer
    }

    /// A receiver of netstrings: `5:hello,`.
    public static func netstrings(_ handler: any MessageProtocol, maximum: Int = 64 * 1024)
        -> MessageReceiver
    {
        MessageReceiver(handler, NetstringFramer(maximum: maximum))
    }

    /// A receiver of messages that begin with their length.
    public static func lengthPrefixed(
        _ handler: any MessageProtocol, _ prefix: LengthPrefixFramer.Prefix,
        littleEndian: Bool = false, maximum: Int = 64 * 1024
    ) -> MessageReceiver {
        MessageReceiver(
            handler, LengthPrefixFramer(prefix, littleEndian: littleEndian, maximum: maximum))
    }

    public func connectionMade(on transport: any Transport) throws {
        let connection = MessageConnection(transport, handler, framer)
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
        let connection = connection ?? MessageConnection(transport, handler, framer)
        connection.finish()
        self.connection = nil
        handler.connectionLost(reason, on: connection)
    }
}

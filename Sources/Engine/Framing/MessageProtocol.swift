import FairleadWire

/// What speaks in messages of known length; a `MessageReceiver` makes it a stream protocol.
///
/// Each call names its connection, which is the transport with the verb for messages. An error
/// thrown by a callback ends the connection with the error as the reason.
public protocol MessageProtocol: AnyObject {
    /// The connection stands; called once, before anything else.
    func connectionMade(on connection: MessageConnection) throws
    /// A message has arrived; its bytes are valid during this call only.
    func messageReceived(_ message: Span<UInt8>, on connection: MessageConnection) throws
    /// The peer will send nothing more. Unless implemented: `connection.close()`.
    func readEnded(on connection: MessageConnection) throws
    /// The write queue has passed its high-water mark: a producer should pause.
    func writeBlocked(on connection: MessageConnection)
    /// The write queue has drained below its low-water mark: a producer may go on.
    func writeReady(on connection: MessageConnection)
    /// The connection is over; called exactly once, after everything else.
    func connectionLost(_ reason: Disconnect, on connection: MessageConnection)
}

extension MessageProtocol {
    public func connectionMade(on connection: MessageConnection) throws {}
    public func readEnded(on connection: MessageConnection) throws { connection.close() }
    public func writeBlocked(on connection: MessageConnection) {}
    public func writeReady(on connection: MessageConnection) {}
    public func connectionLost(_ reason: Disconnect, on connection: MessageConnection) {}
}

/// A connection whose input is cut into messages.
public final class MessageConnection: PacedTransport {
    private let handler: any MessageProtocol
    /// Cuts; lent out while a message is delivered.
    private var framer: any MessageFramer
    /// A copy that only encodes, so that a message can be sent while one is delivered.
    private let encoder: any MessageFramer

    init(_ carrier: any Transport, _ handler: any MessageProtocol, _ framer: any MessageFramer) {
        self.handler = handler
        self.framer = framer
        encoder = framer
        super.init(carrier)
    }

    /// Sends a message.
    ///
    /// - Throws: `ProtocolError`, ours, when it is too long.
    public func send(_ message: Span<UInt8>) throws(ProtocolError) {
        write(shared: try encoder.encode(message))
    }

    /// Sends a message of text.
    public func send(_ text: String) throws(ProtocolError) {
        let bytes = Array(text.utf8)
        try send(bytes.span)
    }

    override func consume(_ bytes: Span<UInt8>) throws -> Int {
        var place = 0
        while place < bytes.count, takesMore {
            place = try framer.step(bytes, from: place) {
                try handler.messageReceived($0, on: self)
            }
        }
        return place
    }

    override func consumeEnd() throws { try handler.readEnded(on: self) }
}

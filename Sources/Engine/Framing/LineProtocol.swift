import FairleadWire

/// What speaks in lines; `LineReceiver` makes it a stream protocol.
///
/// Each call names its connection, which is the transport with the verbs for lines. An error
/// thrown by a callback ends the connection with the error as the reason.
public protocol LineProtocol: AnyObject {
    /// The connection stands; called once, before anything else.
    func connectionMade(on connection: LineConnection) throws
    /// A line has arrived, without its end; its bytes are valid during this call only.
    func lineReceived(_ line: Span<UInt8>, on connection: LineConnection) throws
    /// A line of `count` bytes was longer than allowed and is skipped. Reading goes on after it.
    func lineTooLong(_ count: Int, on connection: LineConnection) throws
    /// Bytes have arrived in raw mode.
    func rawReceived(_ bytes: Span<UInt8>, on connection: LineConnection) throws
    /// The peer will send nothing more. Unless implemented: `connection.close()`.
    func readEnded(on connection: LineConnection) throws
    /// The write queue has passed its high-water mark: a producer should pause.
    func writeBlocked(on connection: LineConnection)
    /// The write queue has drained below its low-water mark: a producer may go on.
    func writeReady(on connection: LineConnection)
    /// The connection is over; called exactly once, after everything else.
    func connectionLost(_ reason: Disconnect, on connection: LineConnection)
}

extension LineProtocol {
    public func connectionMade(on connection: LineConnection) throws {}
    public func lineTooLong(_ count: Int, on connection: LineConnection) throws {}
    public func rawReceived(_ bytes: Span<UInt8>, on connection: LineConnection) throws {}
    public func readEnded(on connection: LineConnection) throws { connection.close() }
    public func writeBlocked(on connection: LineConnection) {}
    public func writeReady(on connection: LineConnection) {}
    public func connectionLost(_ reason: Disconnect, on connection: LineConnection) {}
}

/// A connection whose input is cut into lines.
public final class LineConnection: PacedTransport {
    /// Lines that were longer than allowed.
    public private(set) var tooLongCount = 0
    private let handler: any LineProtocol
    private let framer: LineFramer

    init(_ carrier: any Transport, _ handler: any LineProtocol, _ framer: LineFramer) {
        self.handler = handler
        self.framer = framer
        super.init(carrier)
    }

    /// How what comes next is read, the rest of the present chunk included.
    public var mode: LineFramer.Mode {
        get { framer.mode }
        set { framer.mode = newValue }
    }

    /// Sends a line with its end.
    ///
    /// - Throws: `ProtocolError`, ours, when the line is too long or holds a line end itself.
    public func sendLine(_ line: Span<UInt8>) throws(ProtocolError) {
        write(shared: try framer.encode(line))
    }

    /// Sends a line of text with its end.
    public func sendLine(_ text: String) throws(ProtocolError) {
        let bytes = Array(text.utf8)
        try sendLine(bytes.span)
    }

    override func consume(_ bytes: Span<UInt8>) throws -> Int {
        var place = 0
        while place < bytes.count, takesMore {
            place = try framer.step(bytes, from: place) { piece, content in
                switch piece {
                case .line: try handler.lineReceived(content, on: self)
                case .raw: try handler.rawReceived(content, on: self)
                case .tooLong(let count):
                    tooLongCount += 1
                    try handler.lineTooLong(count, on: self)
                }
            }
        }
        return place
    }

    override func consumeEnd() throws { try handler.readEnded(on: self) }
}

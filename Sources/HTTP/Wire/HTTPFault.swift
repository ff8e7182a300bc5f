import FairleadWire

/// A broken rule of HTTP: whose fault it was, and the status that tells the peer.
///
/// `remote`: the peer's message is refused and its connection ends; `local`: a message of ours was
/// refused by the writer, and no byte of it was written.
public struct HTTPFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let side: ProtocolError.Side
    /// The status code that a server answers with, for example 400 or 431.
    public let status: Int
    /// What was wrong and what was expected; never bytes of the peer's.
    public let message: String

    public init(_ side: ProtocolError.Side, status: Int, _ message: String) {
        self.side = side
        self.status = status
        self.message = message
    }

    /// The peer's fault.
    static func remote(_ status: Int, _ message: String) -> HTTPFault {
        HTTPFault(.remote, status: status, message)
    }

    /// Our own fault.
    static func local(_ message: String) -> HTTPFault { HTTPFault(.local, status: 500, message) }

    /// The same as the reason by which a connection ends.
    public var protocolError: ProtocolError { ProtocolError(side, "HTTP", message) }

    public var description: String { protocolError.description }
}

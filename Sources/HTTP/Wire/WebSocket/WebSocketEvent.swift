import FairleadWire

/// Something whole that came over a WebSocket.
public enum WebSocketEvent: Hashable, Sendable {
    case text(String)
    case binary([UInt8])
    /// A message as it was compressed, its text unchecked; only where compression was agreed upon.
    case deflated([UInt8], isText: Bool)
    case ping([UInt8])
    case pong([UInt8])
    /// The peer closes; 1005 when it gave no code.
    case close(WebSocketCloseCode, reason: String)
}

/// Why a WebSocket is closed (RFC 6455, 7.4).
public struct WebSocketCloseCode: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let normal = WebSocketCloseCode(rawValue: 1000)
    public static let goingAway = WebSocketCloseCode(rawValue: 1001)
    public static let protocolError = WebSocketCloseCode(rawValue: 1002)
    public static let unsupported = WebSocketCloseCode(rawValue: 1003)
    /// No code was given; never sent.
    public static let none = WebSocketCloseCode(rawValue: 1005)
    /// The connection was lost; never sent.
    public static let abnormal = WebSocketCloseCode(rawValue: 1006)
    public static let invalidText = WebSocketCloseCode(rawValue: 1007)
    public static let policy = WebSocketCloseCode(rawValue: 1008)
    public static let tooBig = WebSocketCloseCode(rawValue: 1009)
    public static let internalError = WebSocketCloseCode(rawValue: 1011)

    /// Whether the code may be sent.
    public var isSendable: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    public var description: String { "\(rawValue)" }
}

/// A broken rule of WebSocket, and the code to close with.
public struct WebSocketFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let code: WebSocketCloseCode
    public let message: String

    public init(_ code: WebSocketCloseCode, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The same as the reason by which a connection ends.
    public var protocolError: ProtocolError { ProtocolError(.remote, "WebSocket", message) }

    public var description: String { protocolError.description }
}

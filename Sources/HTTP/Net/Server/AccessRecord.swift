import FairleadEngine
import FairleadHTTPWire
import HTTPTypes

/// What an access log says of a request.
public struct AccessRecord: Sendable {
    public let method: HTTPRequest.Method
    /// The target as it came; it holds visible ASCII only.
    public let target: String
    public let status: Int
    /// Bytes of the response, head included.
    public let bytes: Int
    /// The peer's address without its port.
    public let peer: String
    /// How long it took from the head to the last byte that was handed to the system.
    public let duration: Duration
}

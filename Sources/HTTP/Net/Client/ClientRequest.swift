import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// A request that a client sends.
public struct ClientRequest {
    /// What goes with it.
    public enum Body {
        case none
        case bytes([UInt8])
        /// Pieces that `start` writes by the verbs of its call; they can be sent only once.
        case stream(length: Int?, start: (HTTPCall) -> Void)

        var canBeSentAgain: Bool {
            if case .stream = self { return false }
            return true
        }
    }

    public var method: HTTPRequest.Method
    public var url: HTTPURL
    public var fields: HTTPFields
    public var body: Body
    /// Waits for the server's consent before the body is sent, a second at most.
    public var expectsContinue = false
    public var timeouts = ClientTimeouts()
    /// Redirects that are followed; nil for the client's limit.
    public var redirects: Int?

    public init(
        _ url: HTTPURL, method: HTTPRequest.Method = .get, fields: HTTPFields = [:],
        body: Body = .none
    ) {
        self.url = url
        self.method = method
        self.fields = fields
        self.body = body
    }
}

/// How long a request may take, phase by phase and in all.
public struct ClientTimeouts: Hashable, Sendable {
    /// Until the connection stands.
    public var connect: Duration = .seconds(10)
    /// From the end of the request until the response's head is complete.
    public var head: Duration = .seconds(30)
    /// Between two pieces of the response's body.
    public var idle: Duration = .seconds(30)
    /// In all, redirects included; nil for no limit.
    public var total: Duration? = .seconds(300)

    public init() {}
}

/// Why a request has no response, or only a part of one.
public enum HTTPClientError: Error, Hashable, Sendable, CustomStringConvertible {
    case connect(ConnectError)
    /// The phase that took too long: "connect", "head", "idle" or "total".
    case timedOut(String)
    /// The connection ended before the response was complete.
    case disconnected(Disconnect)
    /// A rule of HTTP was broken, by the server (`remote`) or by the request (`local`).
    case fault(HTTPFault)
    case tooManyRedirects
    /// A redirect to something that is no address of the web, or back to a body that is gone.
    case badRedirect
    /// The body is longer than the caller takes.
    case tooLong
    case cancelled
    /// The address needs TLS, and the client has no connector for it.
    case needsTLS

    public var description: String {
        switch self {
        case .connect(let error): "\(error)"
        case .timedOut(let phase): "timed out: \(phase)"
        case .disconnected(let reason): "disconnected: \(reason)"
        case .fault(let fault): "\(fault)"
        case .tooManyRedirects: "too many redirects"
        case .badRedirect: "a redirect that cannot be followed"
        case .tooLong: "the body is too long"
        case .cancelled: "cancelled"
        case .needsTLS: "the address needs TLS"
        }
    }
}

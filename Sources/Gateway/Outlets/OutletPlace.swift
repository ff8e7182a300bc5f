import FairleadEngine
import FairleadWire

/// Where an outlet is: a place that clients connect to, or one that it sends to.
enum OutletPlace: CustomStringConvertible {
    case server(any ServerEndpoint, String)
    case client(any ClientEndpoint, String)

    /// The place that an endpoint string names.
    ///
    /// UDP is sent: `udp:HOST:PORT`, broadcasts and multicasts too. All else is served.
    init(_ text: String) throws(EndpointStringError) {
        if try EndpointString(text).kind == "udp" {
            self = .client(try Endpoints.standard.client(text), text)
        } else {
            self = .server(try Endpoints.standard.server(text), text)
        }
    }

    var description: String {
        switch self {
        case .server(_, let text), .client(_, let text): text
        }
    }
}

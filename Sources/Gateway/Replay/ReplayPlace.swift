import FairleadEngine
import FairleadWire

/// Where a log is said: a place that clients connect to, or one that it is sent to.
public enum ReplayPlace {
    case server(any ServerEndpoint)
    case client(any ClientEndpoint)

    /// UDP and serial lines are sent to; everything else is served.
    public init(_ text: String) throws(EndpointStringError) {
        if ["udp", "serial", "exec"].contains(try EndpointString(text).kind) {
            self = .client(try Endpoints.standard.client(text))
        } else {
            self = .server(try Endpoints.standard.server(text))
        }
    }
}

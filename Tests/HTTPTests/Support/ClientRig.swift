// A client on a simulated reactor whose connections end in the test's hands, or at a server of
// ours, over memory: which origin got what is written down.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Testing

/// A client, and the connections that it makes.
final class ClientRig {
    let harness: ReactorHarness
    let client: HTTPClient
    var reactor: Reactor { harness.reactor }
    /// Each connection that was made, with the origin that it was made to.
    private(set) var connections: [(origin: String, transport: MemoryTransport)] = []
    /// Connections are refused while this is set.
    var isRefusing = false
    /// Bytes that each new connection takes.
    var capacity = Int.max

    init(_ harness: ReactorHarness, _ limits: HTTPLimits) {
        self.harness = harness
        client = HTTPClient(on: harness.reactor, limits: limits)
        for scheme in ["http", "https"] {
            client.connectors[scheme] = { [unowned self] url, reactor, handler, _, completion in
                connect(url, handler, completion)
                return NoAttempt()
            }
        }
    }

    private final class NoAttempt: ConnectAttempt {
        func cancel() {}
    }

    private func connect(
        _ url: HTTPURL, _ handler: any StreamProtocol,
        _ completion: @escaping (ConnectError?) -> Void
    ) {
        if isRefusing {
            reactor.later { completion(ConnectError(url.host, .cancelled)) }
            return
        }
        let transport = MemoryTransport(on: reactor, capacity: capacity)
        connections.append(("\(url.isSecure ? "s" : "")\(url.host):\(url.port)", transport))
        transport.start(handler)
        reactor.later { completion(nil) }
    }

    /// The newest connection's transport.
    var last: MemoryTransport {
        get throws { try #require(connections.last?.transport) }
    }

    /// Makes all calls that are due now.
    func settle() throws {
        for _ in 0..<20 { try reactor.turn(until: reactor.now) }
    }

    /// Starts to fetch; the box holds the result when there is one.
    func fetch(_ request: ClientRequest, upTo limit: Int = 1_000_000) throws -> Fetch {
        let fetch = Fetch()
        fetch.call = client.fetch(request, upTo: limit) { fetch.result = $0 }
        try settle()
        return fetch
    }

    func finish() throws {
        client.close()
        try settle()
        for (_, transport) in connections { transport.end(from: .closedByPeer) }
        try settle()
    }
}

/// A fetch and its result.
final class Fetch {
    var call: HTTPCall?
    var result: Result<FetchedResponse, HTTPClientError>?

    var response: FetchedResponse? {
        if case .success(let response)? = result { return response }
        return nil
    }

    var error: HTTPClientError? {
        if case .failure(let error)? = result { return error }
        return nil
    }
}

/// Runs a test with a client.
func withClient(_ limits: HTTPLimits = HTTPLimits(), _ body: (ClientRig) throws -> Void) throws {
    try withSimulatedReactor { harness in
        let rig = ClientRig(harness, limits)
        try body(rig)
        try rig.finish()
    }
}

/// A response with a body of known length.
func response(_ body: String, status: Int = 200, _ fields: String = "") -> String {
    "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}

/// An address, which the test knows to be one.
func url(_ text: String) throws -> HTTPURL { try #require(HTTPURL(text)) }

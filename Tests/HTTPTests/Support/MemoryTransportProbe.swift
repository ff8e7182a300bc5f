import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP

/// Asks a server whether it takes one more connection.
enum MemoryTransportProbe {
    static func make(_ server: HTTPServer, _ reactor: Reactor) -> (any StreamProtocol)? {
        server.makeProtocol(MemoryTransport(on: reactor))
    }
}

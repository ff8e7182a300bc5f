// A program for tests that need a process of their own: an echo server on the endpoint string
// that it is given. It says where it listens and ends with its first connection.
import FairleadEngine
import Glibc

/// Says back what it hears; the end of the connection is the end of the program.
private final class EchoOnce: StreamProtocol {
    func received(_ bytes: Span<UInt8>, on transport: any Transport) { transport.write(bytes) }
    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        transport.reactor.stop()
    }
}

@main
enum EngineProbe {
    static func main() throws {
        let reactor = try Reactor()
        do {
            let port = try reactor.listen(CommandLine.arguments.dropFirst().first ?? "tcp:0") { _ in
                EchoOnce()
            }
            print(port.clientEndpoint.map { "\($0)" } ?? "listening")
        } catch {
            print("error: \(error)")
            return
        }
        // Into a pipe the words would wait for the end otherwise.
        _ = fflush(nil)
        try reactor.run()
    }
}

// Connects, says hello, prints the answer and closes. Tells a connection that failed from one that
// was lost on the way.
import FairleadEngine
import FairleadWire

final class Hello: StreamProtocol {
    private var hasAnswer = false

    func connectionMade(on transport: any Transport) {
        transport.write("hello, world!")
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        print("Server said: \(String(decoding: bytes))")
        hasAnswer = true
        transport.close()
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        if !hasAnswer { print("Connection lost: \(reason)") }
        transport.reactor.stop()
    }
}

@main
enum EchoClient {
    static func main() {
        let server = CommandLine.arguments.dropFirst().first ?? "tcp:localhost:8000"
        Reactor.main { reactor in
            try reactor.connect(server) { _ in
                Hello()
            } completion: { result in
                guard case .failure(let error) = result else { return }
                print("Connection failed: \(error)")
                reactor.later { reactor.stop() }
            }
        }
    }
}

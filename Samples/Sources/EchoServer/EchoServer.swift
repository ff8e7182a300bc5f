import FairleadEngine

final class Echo: StreamProtocol {
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        transport.write(bytes)
    }
}

@main
enum EchoServer {
    static func main() {
        let echo = Echo()
        Reactor.main { reactor in
            try reactor.listen(CommandLine.arguments.dropFirst().first ?? "tcp:8000") { _ in echo }
        }
    }
}

import FairleadEngine

final class Echo: StreamProtocol {
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        transport.write(bytes)
    }
}

@main
enum EchoServer {
    static func main() throws {
        let reactor = try Reactor()
        try reactor.listen(CommandLine.arguments.dropFirst().first ?? "tcp:8000") { _ in Echo() }
        try reactor.run()
    }
}

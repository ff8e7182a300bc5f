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
        let echo = Echo()
        let port = UInt16(CommandLine.arguments.dropFirst().first ?? "8000") ?? 8000
        guard let address = SocketAddress(literal: "127.0.0.1", port: port) else { return }
        _ = try reactor.listenTCP(on: address) { _ in echo }
        try reactor.run()
    }
}

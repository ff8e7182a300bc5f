import FairleadEngine
import Testing

/// An echo server and one client on the same reactor, over TCP; stops the reactor at the end.
final class EchoTalk: StreamProtocol {
    private(set) var reply = ""
    private(set) var endings = 0
    private let text: String
    private let reactor: Reactor

    private final class Echo: StreamProtocol {
        func received(_ bytes: Span<UInt8>, on transport: any Transport) { transport.write(bytes) }
    }

    init(on reactor: Reactor, saying text: String = "hello, world!") throws {
        self.reactor = reactor
        self.text = text
        let address = try #require(SocketAddress(literal: "127.0.0.1", port: 0))
        let port = try reactor.listenTCP(on: address) { _ in Echo() }
        let number = try #require(port.localAddress.socketAddress?.port)
        reactor.connectTCP(to: "127.0.0.1", port: number) { _ in self }
    }

    func connectionMade(on transport: any Transport) { transport.write(text) }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        for index in bytes.indices { reply.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
        if reply.utf8.count >= text.utf8.count { transport.close() }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        endings += 1
        reactor.stop()
    }
}

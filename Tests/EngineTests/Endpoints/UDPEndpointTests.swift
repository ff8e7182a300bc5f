// UDP as an endpoint: a stream of what arrives at a port, a stream whose writes are datagrams, a
// server with a stream for each sender, multicast on the loopback, and all that can fail on the
// way to an open socket.
import FairleadEngine
import FairleadWire
import Testing

/// Sends datagrams and notes what comes.
private final class Datagrams: DatagramProtocol {
    var transport: (any DatagramTransport)?
    var received: [String] = []
    var senders: [SocketAddress] = []
    var reasons: [Disconnect] = []

    func transportOpened(_ transport: any DatagramTransport) { self.transport = transport }
    func received(
        _ bytes: Span<UInt8>, from sender: SocketAddress, on transport: any DatagramTransport
    ) {
        received.append(String(decoding: bytes))
        senders.append(sender)
    }
    func transportClosed(_ reason: Disconnect, _ transport: any DatagramTransport) {
        reasons.append(reason)
        self.transport = nil
    }
    func send(_ text: String, to address: SocketAddress?) throws {
        let bytes = Array(text.utf8)
        try transport?.send(bytes.span, to: address)
    }
}

@Suite struct UDPEndpointTests {
    private let owner: ClosingReactor
    private let stream = NotingProtocol()
    private var reactor: Reactor { owner.reactor }

    init() throws { owner = try ClosingReactor() }

    /// A stream for a client string.
    private func open(_ text: String) throws -> DatagramStream {
        var result: Result<any Transport, ConnectError>?
        try reactor.connect(text) { [stream] _ in
            stream
        } completion: {
            result = $0
        }
        #expect(result == nil, "told from inside the call")
        try reactor.turn { result == nil }
        return try #require(try result?.get() as? DatagramStream)
    }

    private func datagrams(on text: String) throws -> Datagrams {
        let handler = Datagrams()
        var isOpen = false
        let endpoint = try Endpoints.standard.datagram(text)
        _ = endpoint.open(on: reactor, handler) { if case .success = $0 { isOpen = true } }
        try reactor.turn { !isOpen }
        return handler
    }

    @Test func aReceivingStreamTakesEachDatagramOfAnySender() throws {
        let source = try open("udp:0:interface=127.0.0.1")
        let address = try #require(source.localAddress.socketAddress)
        #expect("\(source.peerAddress)" == "datagrams to \(address)")
        let talkers = [try datagrams(on: "udp:0"), try datagrams(on: "udp:0")]
        for (index, talker) in talkers.enumerated() {
            try talker.send("$GP\(index)\r\n", to: address)
            try reactor.turn { stream.chunks.count <= index }
            #expect(source.lastSender?.port == talker.transport?.localAddress.socketAddress?.port)
        }
        #expect(stream.chunks == ["$GP0\r\n", "$GP1\r\n"])
        source.write("lost")
        #expect(source.droppedCount == 1)
        source.close()
        try reactor.settle()
        #expect(stream.reasons == [.closedByUs])
        #expect(source.droppedCount == 1 && "\(source.peerAddress)" == "closed")
    }

    @Test func aSendingStreamMakesADatagramOfEachWriteAndHearsTheAnswers() throws {
        let listener = try datagrams(on: "udp:0:interface=127.0.0.1")
        let port = try #require(listener.transport?.localAddress.socketAddress?.port)
        let sink = try open("udp:localhost:\(port):bindAddress=127.0.0.1")
        #expect("\(sink.peerAddress)" == "127.0.0.1:\(port)")
        sink.write("one")
        sink.write(shared: Array("two".utf8))
        try reactor.turn { listener.received.count < 2 }
        #expect(listener.received == ["one", "two"])
        try listener.send("answer", to: listener.senders[0])
        try reactor.turn { stream.chunks.isEmpty }
        #expect(stream.chunks == ["answer"])
    }

    @Test func aPeerThatIsNotThereDoesNotEndTheStream() throws {
        let listener = try datagrams(on: "udp:0:interface=127.0.0.1")
        let port = try #require(listener.transport?.localAddress.socketAddress?.port)
        listener.transport?.close()
        try reactor.settle()
        let sink = try open("udp:127.0.0.1:\(port)")
        sink.write("hello?")
        try reactor.turn { sink.undeliverableCount == 0 }
        #expect(stream.reasons.isEmpty)
        let back = try datagrams(on: "udp:\(port):interface=127.0.0.1")
        sink.write("hello!")
        try reactor.turn { back.received.isEmpty }
        #expect(back.received == ["hello!"])
    }

    @Test func aWriteThatNoDatagramCanHoldEndsTheStream() throws {
        let sink = try open("udp:127.0.0.1:9")
        sink.write([UInt8](repeating: 0, count: 70_000))
        sink.write("nothing more")
        try reactor.settle()
        guard case .system(let error) = stream.reasons.first else {
            Issue.record("\(stream.reasons)")
            return
        }
        #expect("\(error)".contains("EMSGSIZE"))
    }

    @Test func anErrorOfTheProtocolEndsTheStream() throws {
        struct Oops: Error {}
        stream.onReceived = { _ in throw Oops() }
        let source = try open("udp:0:interface=127.0.0.1")
        let talker = try datagrams(on: "udp:0")
        try talker.send("x", to: source.localAddress.socketAddress)
        try reactor.turn { stream.reasons.isEmpty }
        #expect(stream.reasons == [.callbackFailed("Oops()")])
    }

    @Test func aMulticastGroupIsHeardByAllWhoJoinIt() throws {
        let first = try datagrams(on: "udp:0:group=239.77.1.1:via=lo")
        let address = try #require(first.transport?.localAddress.socketAddress)
        let port = try #require(address.port)
        #expect(address.host == "239.77.1.1")
        _ = try open("udp:\(port):group=239.77.1.1:via=lo")
        let talker = try datagrams(on: "udp:239.77.1.1:\(port):via=lo:hops=0:bindAddress=127.0.0.1")
        try talker.send("to all", to: nil)
        try reactor.turn { first.received.isEmpty || stream.chunks.isEmpty }
        #expect(first.received == ["to all"] && stream.chunks == ["to all"])
    }

    @Test func whatCannotBeOpenedIsTold() throws {
        let holder = try datagrams(on: "udp:0:interface=127.0.0.1")
        let port = try #require(holder.transport?.localAddress.socketAddress?.port)
        let rows = [
            ("udp:\(port):interface=127.0.0.1", "EADDRINUSE"),
            ("udp:0:group=239.77.1.1:via=no-such-0", "ENODEV"),
            ("udp:no-such-host.invalid:9", "no-such-host.invalid"),
            ("udp:[::1]:9:bindAddress=127.0.0.1", "no address of the wanted family"),
        ]
        for (text, expected) in rows {
            var message = ""
            try reactor.connect(text) { _ in
                nil
            } completion: {
                if case .failure(let error) = $0 { message = "\(error)" }
            }
            try reactor.turn { message.isEmpty }
            #expect(message.contains(expected), "\(message)")
        }
        var refused = false
        try reactor.connect("udp:0") { _ in
            nil
        } completion: {
            if case .failure(let error) = $0 { refused = error.cause == .refusedByFactory }
        }
        try reactor.turn { !refused }
        holder.transport?.close()
        try reactor.settle()
        #expect(reactor.census.isEmpty, "\(reactor.census)")
    }

    @Test func anOpeningCanBeCalledOff() throws {
        var causes: [ConnectError.Cause] = []
        for text in ["udp:0", "udp:localhost:9"] {
            let attempt = try reactor.connect(text) { _ in
                nil
            } completion: {
                if case .failure(let error) = $0 { causes.append(error.cause) }
            }
            attempt.cancel()
        }
        try reactor.settle()
        #expect(causes == [.cancelled, .cancelled])
    }

    @Test func aServerMakesAStreamOfEachSenderUpToItsLimit() throws {
        var servers: [NotingProtocol] = []
        let port = try reactor.listen("udp:0:interface=127.0.0.1:peers=2") { _ in
            let server = NotingProtocol()
            server.onReceived = { $0.write("heard") }
            servers.append(server)
            return server
        }
        let text = "\(try #require(port.clientEndpoint))"
        #expect(text.hasPrefix("udp:127.0.0.1:"))
        let talkers = try (0..<3).map { _ in try datagrams(on: text) }
        for talker in talkers.prefix(2) {
            try talker.send("a", to: nil)
            try talker.send("b", to: nil)
            try reactor.turn { talker.received.count < 2 }
        }
        try talkers[2].send("no room", to: nil)
        try talkers[0].send("c", to: nil)
        try reactor.turn { talkers[0].received.count < 3 }
        #expect(servers.map(\.text) == ["abc", "ab"] && port.connectionCount == 2)
        #expect(talkers[2].received.isEmpty)
        port.stop()
        for server in servers { server.transport?.close() }
        for talker in talkers { talker.transport?.close() }
        try reactor.settle()
        #expect(servers.map(\.reasons) == [[.closedByUs], [.closedByUs]])
        #expect(reactor.census.isEmpty, "\(reactor.census)")
    }

    @Test func aSenderThatFallsSilentIsLost() throws {
        let server = NotingProtocol()
        let port = try reactor.listen("udp:0:interface=127.0.0.1:idle=20ms") { _ in server }
        let talker = try datagrams(on: "\(try #require(port.clientEndpoint))")
        try talker.send("a", to: nil)
        try reactor.turn { server.reasons.isEmpty }
        #expect(server.made == 1 && port.connectionCount == 0)
        #expect(server.reasons.first?.description.hasPrefix("timed out: no datagram") == true)
    }

    @Test func aReconnectingSourceWorksOverUDPToo() throws {
        let keeper = Reconnecting(
            try Endpoints.standard.client("udp:0:interface=127.0.0.1"), on: reactor,
            BackOff(initial: .milliseconds(1))
        ) { [stream] _ in stream }
        keeper.start()
        try reactor.turn { stream.made < 1 }
        stream.transport?.abort(.hangUp)
        try reactor.turn { stream.made < 2 }
        keeper.stop()
        try reactor.settle()
        #expect(stream.reasons == [.hangUp, .closedByUs])
        #expect(reactor.census.isEmpty, "\(reactor.census)")
    }
}

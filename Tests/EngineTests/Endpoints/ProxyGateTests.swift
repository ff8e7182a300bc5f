// The PROXY gate on a noted transport, where every cut and every end can be tried, and behind real
// ports, with the client side of the engine itself. The reasons for which a connection is turned
// away are counted, each once a connection; nothing reaches the protocol before the header.
import FairleadEngine
import FairleadWire
import Testing

private let lineHeader = Array("PROXY TCP4 192.0.2.1 198.51.100.7 56324 443\r\n".utf8)

/// A gate on a noted transport.
private final class Gate {
    let driven: HandDriven
    let transport: NotingTransport
    let inner = NotingProtocol()
    let endpoint: ProxyServerEndpoint
    var localAddress = ""

    init(refusing: Bool = false) throws {
        driven = try HandDriven()
        transport = NotingTransport(driven.reactor)
        var endpoint = ProxyServerEndpoint(TCPServerEndpoint(.ipv4(.loopback, port: 0)))
        endpoint.timeout = .seconds(3)
        endpoint.maximum = 512
        self.endpoint = endpoint
        let factory = endpoint.gated { [unowned self] in
            localAddress = "\($0.localAddress)"
            return refusing ? nil : inner
        }
        let handler = try #require(factory(transport))
        transport.start(handler)
    }

    var refused: [ProxyFault: Int] { endpoint.counts.refused }
}

@Suite struct ProxyGateTests {
    @Test func theProtocolSeesTheClientAndTheBytesAfterTheHeader() throws {
        let bytes = lineHeader + Array("hello".utf8)
        for cut in 0...bytes.count {
            let gate = try Gate()
            gate.transport.arrive(Array(bytes[..<cut]))
            #expect(gate.inner.made == (cut >= lineHeader.count ? 1 : 0))
            gate.transport.arrive(Array(bytes[cut...]))
            #expect(gate.inner.made == 1 && gate.inner.text == "hello")
            #expect(gate.inner.peers == ["192.0.2.1:56324"])
            #expect(gate.localAddress == "198.51.100.7:443")
            gate.transport.arrive("!")
            gate.transport.arriveEnd()
            try gate.driven.advance(.seconds(60))
            #expect(gate.inner.text == "hello!" && gate.inner.readEnds == 1)
            #expect(gate.inner.reasons == [.closedByUs])
            #expect(gate.endpoint.counts.accepted == 1 && gate.refused.isEmpty)
            #expect(gate.driven.reactor.census.isEmpty)
        }
    }

    @Test func theHeaderAndItsRecordsAreAtHand() throws {
        let gate = try Gate()
        let from = try #require(IPv6Address("2001:db8::1"))
        let header = ProxyHeader(
            .binary, source: .ipv6(from, port: 7), destination: .ipv6(from, port: 8),
            records: [ProxyRecord(ProxyRecord.authority, "example.org")])
        gate.transport.arrive(try header.encoded())
        let seen = try #require(gate.inner.transport as? ProxiedTransport)
        #expect(seen.header == header && seen.header.authority == "example.org")
        #expect(gate.inner.peers == ["[2001:db8::1]:7"])
    }

    @Test(arguments: [ProxyHeader(.text), ProxyHeader(.binary), ProxyHeader(.binary, .local)])
    func aHeaderWithoutAddressesLeavesTheConnectionsOwn(_ header: ProxyHeader) throws {
        let gate = try Gate()
        gate.transport.arrive(try header.encoded())
        #expect(gate.inner.peers == ["there"] && gate.localAddress == "here")
    }

    @Test func whatIsTruncatedAtAnyByteIsCountedAndNothingReachesTheProtocol() throws {
        for cut in 0..<lineHeader.count {
            for isReset in [false, true] {
                let gate = try Gate()
                if cut > 0 { gate.transport.arrive(Array(lineHeader[..<cut])) }
                if isReset {
                    gate.transport.end(.closedByPeer)
                } else {
                    gate.transport.arriveEnd()
                }
                try gate.driven.reactor.settle()
                try gate.driven.advance(.seconds(60))
                #expect(gate.refused == [cut == 0 ? .nothingSent : .truncated: 1])
                #expect(gate.inner.made == 0 && gate.inner.reasons.isEmpty)
                #expect(gate.driven.reactor.census.isEmpty)
            }
        }
    }

    @Test func aFaultEndsTheConnectionAsAProtocolViolation() throws {
        let ipv4 = IPv4Address.loopback
        let datagram = ProxyHeader(
            .binary, source: .ipv4(ipv4, port: 1), destination: .ipv4(ipv4, port: 2),
            carriage: .datagram)
        let long = ProxyHeader(
            .binary, records: [ProxyRecord(0xE0, [UInt8](repeating: 0, count: 512))])
        let rows: [([UInt8], ProxyFault)] = [
            (Array("GET / HTTP/1.1\r\n".utf8), .badSignature),
            (Array("PROXY TCP9 1 2 3 4\r\n".utf8), .wrongFamily),
            (try datagram.encoded(), .wrongFamily), (try long.encoded(), .tooLong),
            (Array("PROXY ".utf8) + [UInt8](repeating: 65, count: 200), .tooLong),
        ]
        for (bytes, fault) in rows {
            let gate = try Gate()
            gate.transport.arrive(bytes + Array("hello".utf8))
            gate.transport.arrive("more")
            try gate.driven.advance(.seconds(60))
            #expect(gate.transport.reason == .protocolViolation(ProtocolError(fault)))
            #expect(gate.refused == [fault: 1])
            #expect(gate.inner.made == 0 && gate.endpoint.counts.accepted == 0)
        }
    }

    @Test func aHeaderMustComeInTimeAndIsThenNoLongerAwaited() throws {
        let late = try Gate()
        late.transport.arrive("PROXY TCP4")
        try late.driven.advance(.milliseconds(2999))
        #expect(late.transport.reason == nil)
        try late.driven.advance(.milliseconds(2))
        #expect(late.transport.reason == .timedOut("no PROXY header within 3.0 seconds"))
        #expect(late.refused == [.late: 1])
        let good = try Gate()
        good.transport.arrive(lineHeader)
        try good.driven.advance(.seconds(100))
        #expect(good.transport.reason == nil && good.refused.isEmpty)
    }

    @Test func aRefusingFactoryEndsTheConnection() throws {
        let gate = try Gate(refusing: true)
        gate.transport.arrive(lineHeader + [1])
        try gate.driven.advance(.seconds(60))
        #expect(gate.transport.reason == .closedByUs)
        #expect(gate.refused.isEmpty && gate.inner.made == 0)
    }

    @Test func aProtocolThatPausesAtOnceGetsTheRestWhenItResumes() throws {
        let gate = try Gate()
        gate.inner.onMade = { $0.pauseReading() }
        gate.transport.arrive(lineHeader + Array("hello".utf8))
        #expect(gate.inner.text.isEmpty && !gate.transport.isReading)
        gate.inner.transport?.resumeReading()
        #expect(gate.inner.text.isEmpty)
        try gate.driven.reactor.settle()
        #expect(gate.inner.text == "hello" && gate.transport.isReading)
    }

    @Test func aProtocolThatClosesAtOnceGetsNothing() throws {
        let gate = try Gate()
        gate.inner.onMade = { $0.close() }
        gate.transport.arrive(lineHeader + Array("hello".utf8))
        try gate.driven.reactor.settle()
        #expect(gate.inner.text.isEmpty && gate.inner.reasons == [.closedByUs])
    }

    @Test func aLimitPerPeerBehindTheGateCountsTheClients() throws {
        let owner = try ClosingReactor()
        let reactor = owner.reactor
        let limit = ConnectionLimit(perPeer: 1) { _ in EchoProtocol() }
        let port = try reactor.listen("haproxy:tcp:0:interface=127.0.0.1") {
            limit.makeProtocol($0)
        }
        let number = try #require(port.localAddress.socketAddress?.port)
        let clients = ["1", "2", "1"].map { last in
            let client = NotingProtocol()
            client.onMade = { $0.write("PROXY TCP4 192.0.2.\(last) 192.0.2.9 1 2\r\nhello") }
            return client
        }
        for client in clients {
            try reactor.connect("tcp:127.0.0.1:\(number)") { _ in client }
            try reactor.turn { client.text != "hello" && client.reasons.isEmpty }
        }
        #expect(clients.map(\.text) == ["hello", "hello", ""])
        #expect(limit.count == 2 && limit.refusedCount == 1)
    }

    @Test func eachVersionOfTheClientSideIsUnderstood() throws {
        for version in [1, 2] {
            let owner = try ClosingReactor()
            let reactor = owner.reactor
            let server = NotingProtocol()
            let port = try reactor.listen("haproxy:tcp:0:interface=127.0.0.1") { _ in server }
            let number = try #require(port.localAddress.socketAddress?.port)
            let client = NotingProtocol()
            client.onMade = { $0.write("hi") }
            try reactor.connect("haproxy:version=\(version):tcp:127.0.0.1:\(number)") { _ in client
            }
            try reactor.turn { server.text != "hi" }
            let proxied = try #require(server.transport as? ProxiedTransport)
            #expect(proxied.header.version.rawValue == version)
            #expect(proxied.peerAddress == client.transport?.localAddress)
        }
    }
}

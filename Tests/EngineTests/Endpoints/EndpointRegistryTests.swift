// The registry: what it reads, what it refuses and in which words, and the table, which cannot
// drift from what the kinds take: each example is read and the names that reading asks for are
// compared with the row. Then each kind of port is reached by its own client string.
import FairleadEngineTesting
import FairleadWire
import Testing

@testable import FairleadEngine

@Suite struct EndpointRegistryTests {
    /// Every form of the standard kinds: role, examples, row, and what reading a string asks for.
    private struct Form {
        let kind: String
        let role: String
        let examples: [String]
        let rows: [EndpointArgument]
        let names: (String) throws -> [String]
        let read: (String) throws -> any CustomStringConvertible
    }

    private static func forms(of endpoints: Endpoints) -> [Form] {
        func form<Endpoint>(
            _ kind: EndpointKind, _ role: String, _ form: EndpointForm<Endpoint>?,
            _ read: @escaping (String) throws -> any CustomStringConvertible
        ) -> Form? {
            form.map { form in
                Form(
                    kind: kind.name, role: role, examples: form.examples, rows: form.arguments,
                    names: {
                        let arguments = EndpointArguments(try EndpointString($0))
                        return try Endpoints.make(form, arguments, endpoints).names
                    }, read: read)
            }
        }
        return endpoints.kinds.flatMap { kind in
            [
                form(kind, "servers", kind.server) { try endpoints.server($0) },
                form(kind, "clients", kind.client) { try endpoints.client($0) },
                form(kind, "datagrams", kind.datagram) { try endpoints.datagram($0) },
            ].compactMap(\.self)
        }
    }

    @Test func eachExampleIsReadAndTheRowHasExactlyTheKeysThatAreTaken() throws {
        let forms = Self.forms(of: .standard)
        #expect(forms.count >= 10)
        for form in forms {
            var taken: Set<String> = []
            for example in form.examples {
                #expect(example.hasPrefix(form.kind + ":"))
                taken.formUnion(try form.names(example))
                #expect(!(try form.read(example)).description.isEmpty)
            }
            let rows = form.rows.map(\.name)
            #expect(taken == Set(rows), "\(form.kind) for \(form.role)")
            #expect(Set(rows).count == rows.count)
        }
    }

    @Test func theTableHasALineForEachForm() {
        let lines = Endpoints.standard.table.split(separator: "\n")
        #expect(lines.count == 2 + Self.forms(of: .standard).count)
        #expect(lines.contains { $0.hasPrefix("| `tcp` | servers |") && $0.contains("`tcp:8000`") })
        #expect(lines.allSatisfy { $0.hasPrefix("|") && $0.hasSuffix("|") })
    }

    @Test(arguments: [
        ("tpc:8000", 1, "tcp", "one of"), ("localhost:8000", 1, "tcp:localhost:8000", "one of"),
        ("tcp:localhost", 14, nil, "a number from 1 to 65535"),
        ("tcp::80", 5, nil, "a host name or address"), ("tcp:", 5, nil, "a host name or address"),
        ("tcp:h:0", 7, nil, "a number from 1 to 65535"),
        ("tcp:h:80:timeot=4", 10, "timeout", "one of host, port"),
        ("tcp:h:80:bindAddress=me", 10, nil, "an IPv4 address"),
        ("tcp6:h:80:bindAddress=127.0.0.1", 11, nil, "an IPv6 address"),
        ("systemd:name=x", 1, nil, "a kind for clients"),
        ("unix:", 6, nil, "a path"), ("unix:@", 6, nil, "a name"),
        ("haproxy:tpc:h:1", 9, "tcp", "one of"), ("haproxy:", 9, nil, "a client string"),
        ("haproxy:version=3:tcp:h:1", 9, nil, "one of 1, 2"),
        ("udp:1:group=10.0.0.1", 7, nil, "a multicast address"),
        ("udp:h:70000", 7, nil, "a number"),
    ])
    func aBadClientStringNamesPartColumnAndWhatWasExpected(
        _ text: String, _ column: Int, _ suggestion: String?, _ expected: String
    ) {
        let error = #expect(throws: EndpointStringError.self) {
            try Endpoints.standard.client(text)
        }
        #expect(error?.column == column)
        #expect(error?.suggestion == suggestion)
        #expect(error?.expected.contains(expected) == true, "\(error?.expected ?? "")")
        #expect(error?.text == text)
    }

    @Test(arguments: [
        ("tcp:65536", 5, "a number from 0 to 65535"), ("tcp:80:interface=x", 8, "an IPv4 address"),
        ("tcp:80:backlog=0", 8, "a number from 1"), ("tcp:80:90", 8, "no further argument"),
        ("tcp6:80:interface=127.0.0.1", 9, "an IPv6 address"), ("unix:/a:mode=9", 9, "octal"),
        ("unix:@a:mode=660", 9, "a path"), ("systemd:domain=INET4", 9, "one of INET, INET6"),
        ("systemd:0", 9, "no further argument"), ("haproxy:timeout=x:tcp:1", 9, "a duration"),
        ("unix:" + String(repeating: "x", count: 108), 6, "at most 107 bytes"),
    ])
    func aBadServerStringNamesColumnAndWhatWasExpected(
        _ text: String, _ column: Int, _ expected: String
    ) {
        let error = #expect(throws: EndpointStringError.self) {
            try Endpoints.standard.server(text)
        }
        #expect(error?.column == column)
        #expect(error?.expected.contains(expected) == true, "\(error?.expected ?? "")")
    }

    @Test func othersRegisterAndReplaceKinds() throws {
        let row = EndpointForm<any ServerEndpoint>(
            "the loopback", [EndpointArgument("port", "the port")], examples: ["local:80"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                let port = try arguments.requiredNumber("port", in: 0...65535)
                return TCPServerEndpoint(.ipv4(.loopback, port: UInt16(clamping: port)))
            })
        let more = Endpoints.standard.registering(EndpointKind("local", server: row))
        #expect("\(try more.server("local:80"))" == "tcp:127.0.0.1:80")
        #expect("\(try more.server("haproxy:local:80"))" == "haproxy:tcp:127.0.0.1:80")
        #expect(more.table.contains("`local:80`"))
        #expect(throws: EndpointStringError.self) { try Endpoints.standard.server("local:80") }
        let fewer = more.registering(EndpointKind("tcp"))
        #expect(fewer.kinds.count == more.kinds.count)
        #expect(throws: EndpointStringError.self) { try fewer.server("tcp:80") }
    }

    @Test func mutatedExamplesGiveAnEndpointOrAColumnInsideThem() {
        let forms = Self.forms(of: .standard)
        let alphabet = Array(":=\\[]@-0123456789xtcpé\u{301}\u{0}%.".unicodeScalars)
        var random = SeededGenerator(seed: 42)
        for round in 0..<6000 {
            let form = forms[round % forms.count]
            var text = Array((form.examples.randomElement(using: &random) ?? "").unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0...text.count, using: &random)
                let scalar = alphabet.randomElement(using: &random) ?? ":"
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text.insert(scalar, at: place)
                case 1 where place < text.count: text[place] = scalar
                case 2 where place < text.count: text.remove(at: place)
                default: text = Array(text[place...] + text[..<place])
                }
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text)
            do {
                _ = try form.read(String(view))
            } catch let error as EndpointStringError {
                #expect((1...text.count + 1).contains(error.column), "\(error)")
                #expect(!error.expected.isEmpty)
            } catch {
                Issue.record("\(error)")
            }
        }
    }
}

@Suite struct EndpointListeningTests {
    /// Listens, connects to the port's own client string, echoes, and gives the string.
    private func echo(_ server: String) throws -> String {
        let owner = try ClosingReactor()
        let reactor = owner.reactor
        let port = try reactor.listen(server) { _ in EchoProtocol() }
        let client = try #require(port.clientEndpoint)
        let protocolInside = NotingProtocol()
        protocolInside.onMade = { $0.write("hello") }
        try reactor.connect("\(client)") { _ in protocolInside }
        try reactor.turn { protocolInside.text != "hello" }
        protocolInside.transport?.close()
        try reactor.turn { protocolInside.reasons.isEmpty || port.connectionCount > 0 }
        port.stop()
        try reactor.settle()
        #expect(reactor.census.isEmpty, "\(reactor.census)")
        #expect(protocolInside.reasons == [.closedByUs])
        return "\(client)"
    }

    @Test(arguments: [
        ("tcp:0", "tcp:127.0.0.1:"), ("tcp:0:interface=127.0.0.2", "tcp:127.0.0.2:"),
        ("tcp:0:interface=[::1]:backlog=5", "tcp:[::1]:"), ("tcp6:0", "tcp:[::1]:"),
        ("tcp6:0:dualStack=1:reusePort=1", "tcp:[::1]:"),
        ("haproxy:tcp:0", "haproxy:tcp:127.0.0.1:"),
        ("haproxy:timeout=5:haproxy:tcp:0", "haproxy:haproxy:tcp:127.0.0.1:"),
    ])
    func aPortIsReachedByItsClientString(_ server: String, _ expected: String) throws {
        let client = try echo(server)
        #expect(client.hasPrefix(expected))
    }

    @Test(arguments: ["x.sock", "a:b=c\\d[e].sock", "é.sock"])
    func aUnixPortIsReachedByItsClientString(_ name: String) throws {
        let folder = try FreshFolder()
        let path = EndpointString.escape(folder.file(name))
        #expect(try echo("unix:\(path):mode=600:backlog=4") == "unix:\(path)")
    }

    @Test func anAbstractNameIsReachedByItsClientString() throws {
        let folder = try FreshFolder()
        let name = "unix:@\(folder.path)"
        #expect(try echo(name) == name)
        #expect(try echo("haproxy:" + name) == "haproxy:" + name)
    }

    @Test func dualStackTakesIPv4PeersToo() throws {
        let owner = try ClosingReactor()
        let reactor = owner.reactor
        let server = NotingProtocol()
        let port = try reactor.listen("tcp6:0:dualStack=1") { _ in server }
        let number = try #require(port.localAddress.socketAddress?.port)
        let client = NotingProtocol()
        try reactor.connect("tcp:127.0.0.1:\(number)") { _ in client }
        try reactor.turn { server.made == 0 || client.made == 0 }
        #expect(server.peers.first?.hasPrefix("[::ffff:127.0.0.1]:") == true)
    }

    @Test func aClosedPortAndANameWithoutAddressAreTold() throws {
        let owner = try ClosingReactor()
        let reactor = owner.reactor
        let port = try reactor.listen("tcp:0:interface=127.0.0.1") { _ in EchoProtocol() }
        let closed = try #require(port.clientEndpoint)
        port.stop()
        var errors: [ConnectError] = []
        for text in ["\(closed)", "tcp:no-such-host.invalid:80"] {
            try reactor.connect(text) { _ in
                EchoProtocol()
            } completion: {
                if case .failure(let error) = $0 { errors.append(error) }
            }
        }
        try reactor.turn { errors.count < 2 }
        let causes = errors.map { "\($0)" }.sorted()
        #expect(causes[0].contains("ECONNREFUSED"))
        #expect(causes[1].hasPrefix("no-such-host.invalid:80: "))
    }
}

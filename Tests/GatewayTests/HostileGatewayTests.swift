// What hostile peers do to a gateway, by the rows of the list of hostile input (B1 to B5, G9, W6 to
// W8, H15): each is a test over the outlets' own sockets. What the rooms promise by themselves is
// tested there; this is what they make together.

import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite(.serialized, .timeLimit(.minutes(3))) struct HostileGatewayTests {
    private static let command = GatewayRig.line("PMTK314,-1")
    private static let nmea = "Content-Type: application/x-nmea"

    // MARK: Browsers

    @Test(arguments: [
        ("Host: evil.example", "421"), ("Host: 127.0.0.1.evil.example", "421"),
        ("Host: localhost.evil.example", "421"), ("Host: localhost@evil.example", "400"),
        ("Accept: */*", "400"), ("Host: localhost\r\nHost: evil.example", "400"),
    ])
    func b1AHostThatIsNotOursReachesNoHandler(field: String, status: String) throws {
        try withGatewayRig(["web", "nmea"]) { rig in
            rig.receiver.feed(GatewayRig.epoch(1) + GatewayRig.epoch(2))
            for path in ["/v1/position", "/v1/devices", "/v1/events", "/metrics", "/"] {
                let page = try rig.request("GET \(path) HTTP/1.1", field)
                #expect(page.status == status, "\(path): \(page.text)")
                #expect(!page.text.contains("gps0") && !page.text.contains("51.9"))
            }
            try rig.checkThatAHealthyClientIsServed()
        }
    }

    @Test func b2APageOfAnotherSiteWritesNothingEvenWithAToken() throws {
        try withGatewayRig(["web", "nmea"]) { rig in
            let bearer = "Authorization: Bearer \(try rig.token(.control).secret)"
            for origin in [
                "https://evil.example", "null", "http://localhost.evil.example",
                "http://127.0.0.1.evil.example", "http://localhost@evil.example", "file://",
                "http://evil.example/localhost", "",
            ] {
                let page = try rig.post(Self.command, bearer, Self.nmea, "Origin: \(origin)")
                #expect(page.status == "403", "\(origin): \(page.text)")
            }
            #expect(rig.receiver.written.isEmpty)
            // What is no browser has no Origin.
            #expect(try rig.post(Self.command, bearer, Self.nmea).status == "204")
            #expect(rig.receiver.takeWrittenText() == Self.command)
        }
    }

    @Test func b2NoPageOfAnotherSiteOpensAStreamOrReadsAnAnswer() throws {
        try withGatewayRig(["web", "nmea"]) { rig in
            for path in ["/", "/v1/events", "/v1/position"] {
                let upgrade = try rig.client(
                    "web",
                    "GET \(path) HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                try rig.harness.turn("the head") { upgrade.text.contains("\r\n\r\n") }
                #expect(upgrade.status != "101")
                // Without this field a browser keeps the answer from the page.
                #expect(!upgrade.text.lowercased().contains("access-control-"))
                upgrade.transport?.abort()
            }
            try rig.checkThatAHealthyClientIsServed()
        }
    }

    @Test(arguments: [
        "text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x", "application/json", "",
    ])
    func b3WhatAFormCanSendIsRefusedBeforeTheTokenIsLookedAt(type: String) throws {
        try withGatewayRig(["web", "nmea"]) { rig in
            let secret = try rig.token(.control).secret
            for token in [secret, "fl_0"] {
                let page = try rig.post(
                    "{\"sentence\":\"\(Self.command)\"}", "Authorization: Bearer \(token)",
                    "Content-Type: \(type)")
                #expect(page.status == "415", "\(page.text)")
            }
            #expect(rig.receiver.written.isEmpty && !rig.log.contains { $0.contains("token") })
            try rig.checkThatAHealthyClientIsServed()
        }
    }

    /// The other ports have tests like this one in their rooms.
    @Test func b4InTenThousandCutsAnotherProtocolSaysNothingToADevice() throws {
        try withGatewayRig(["nmea"]) { rig in
            let secret = try rig.token(.control).secret
            let plan = OutletPlan(kind: "nmea", place: "unix:\(rig.folder)/cut")
            let parts = OutletParts(hub: rig.hub, access: rig.access)
            let outlet = try #require(try OutletTable.read(plan)(parts) as? NMEAOutlet)
            rig.hub.add(outlet)
            let texts = [
                "GET / HTTP/1.1\r\nHost: x\r\n\r\nAUTH \(secret)\r\n", "POST / HTTP/1.1\r\n\r\n",
                "Host: x\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}", "ACL / HTTP/1.1\r\n",
                "AUTHORIZE / HTTP/1.1\r\n", "?WATCH={\"json\":true};\r\n", "NICK x\r\n",
            ].map { Array(($0 + Self.command).utf8) }
            for seed in 0..<10_000 {
                let transport = MemoryTransport(on: rig.harness.reactor)
                transport.start(NMEAClient(outlet))
                _ = transport.takeWritten()
                var chunking = Chunking.random(SeededGenerator(seed: UInt64(seed)))
                for piece in DecoderChecker<Int>.cut(texts[seed % texts.count], &chunking) {
                    transport.feed(Array(piece))
                }
                for _ in 0..<4 where transport.endReason == nil {
                    try rig.harness.reactor.turn(until: rig.harness.reactor.now)
                }
                #expect(transport.endReason != nil, "\(seed)")
            }
            #expect(rig.receiver.written.isEmpty)
            try rig.checkThatAHealthyClientIsServed()
        }
    }

    @Test func b5MarkupFromTheAntennaIsNowhereMarkup() throws {
        let path = "/dev/<svg onload=alert(1)>"
        try withGatewayRig(["web", "gpsd", "irc", "nmea"], device: path) { rig in
            let events = try rig.client("web", "GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try rig.harness.turn("the stream") { events.text.contains("text/event-stream") }
            rig.receiver.feed(GatewayRig.line("GPTXT,01,01,02,<img src=x onerror=alert(1)>"))
            rig.receiver.feed(GatewayRig.epoch(1) + GatewayRig.epoch(2) + GatewayRig.epoch(3))
            rig.hub.change(rig.device, isPresent: true, state: "<script>alert(1)</script>")
            try rig.harness.turn("events") { events.text.contains("event: device") }
            var pages = [events]
            for target in ["/v1/position", "/v1/devices", "/metrics", "/%3Cimg%20src=x%3E", "/"] {
                pages.append(try rig.request("GET \(target) HTTP/1.1", "Host: localhost"))
            }
            for page in pages {
                let head = page.text.prefix { $0 != "{" }.lowercased()
                #expect(!head.contains("text/html") && head.contains("nosniff"), "\(head)")
                #expect(head.contains("content-security-policy: default-src 'self'"), "\(head)")
                guard !head.contains("text/plain") else { continue }
                for tag in ["<svg", "<img", "<script"] { #expect(!page.text.contains(tag)) }
            }
            events.transport?.abort()
        }
    }

    // MARK: Tokens

    @Test func w7TenThousandGuessesAreLookedAtTenTimes() throws {
        try withGatewayRig(["nmea", "web"]) { rig in
            let secret = try rig.token(.control).secret
            var answers = 0
            for round in 0..<20 {
                let client = try rig.client("nmea")
                for number in 0..<500 { client.say("AUTH fl_\(round)x\(number)\r\n") }
                // The connection may be ended for it, but never the process.
                try rig.harness.turn("the answers") {
                    client.text.contains("AUTH,LATER") || client.hasEnded
                }
                answers += client.text.ranges(of: "AUTH,REFUSED").count
                client.transport?.abort()
            }
            let looked = rig.log.count { $0.contains("wrong token") }
            #expect(looked == 10 && answers <= 10, "\(looked), \(answers)")
            let late = try rig.client("nmea", "AUTH \(secret)\r\n")
            try rig.harness.turn("the answer") { late.text.contains("AUTH,LATER") }
            let page = try rig.post(Self.command, Self.nmea, "Authorization: Bearer \(secret)")
            #expect(page.status == "429")
            #expect(rig.receiver.written.isEmpty)
            #expect(!rig.log.contains { $0.contains(secret) || $0.contains("fl_") })
            try rig.checkThatAHealthyClientIsServed()
        }
    }

    /// Whoever has one address of an IPv6 network has all of them, however they are written.
    @Test(arguments: [
        ("2001:db8:1:2::", "2001:db8:1:3::1"), ("2001:db8::", "2001:db8:0:1::1"),
        ("fe80::", "fe80:0:0:1::1"), ("2001:0:0:5::", "2001:0:0:6::1"),
    ])
    func w7OfIPv6TheNetworkCounts(network: String, other: String) throws {
        try withSimulatedReactor { harness in
            let access = AccessControl(state: nil, on: harness.reactor)
            func verdict(_ text: String) throws -> AccessControl.Verdict {
                let address = try #require(SocketAddress(literal: text, port: 9))
                return access.judge("x", for: .control, from: .socket(address))
            }
            for number in 1...10 {
                let host = number % 2 == 0 ? "\(number)" : "a:b:\(number)"
                let own = try verdict(network + host)
                #expect(own == .refused)
            }
            let own = try verdict(network + "ffff:ffff:ffff")
            let another = try verdict(other)
            #expect(own == .tooMany && another == .refused)
        }
    }

    @Test func w7AnAddressInIPv6sClothesIsTheSameAddress() throws {
        try withSimulatedReactor { harness in
            let access = AccessControl(state: nil, on: harness.reactor)
            for number in 0..<12 {
                let text = number % 2 == 0 ? "192.0.2.1" : "::ffff:192.0.2.1"
                let address = try #require(SocketAddress(literal: text, port: UInt16(number)))
                let verdict = access.judge("x", for: .control, from: .socket(address))
                #expect(verdict == (number < 10 ? .refused : .tooMany))
            }
        }
    }

    @Test func aTokenThatIsRevokedEndsTheTalkOfWhoeverUsesIt() throws {
        try withGatewayRig(["nmea", "web"]) { rig in
            let (secret, id) = try rig.token(.control)
            let client = try rig.client("nmea", "AUTH \(secret)\r\n\(Self.command)")
            try rig.harness.turn("the device") { rig.receiver.writtenText == Self.command }
            #expect(try TokenStore(state: rig.folder).revoke(id))
            client.say(Self.command)
            try rig.harness.turn("the refusal") { client.text.contains("PFRLD,REFUSED") }
            #expect(rig.receiver.writtenText == Self.command, "nothing more")
            let page = try rig.post(Self.command, Self.nmea, "Authorization: Bearer \(secret)")
            #expect(page.status == "401")
            try rig.checkThatAHealthyClientIsServed()
        }
    }

    /// Written beside and renamed, and never open to others, not even for a moment.
    @Test func theFileOfTokensIsItsOwnersAloneWhateverStoodThere() throws {
        let folder = "/tmp/fairlead-tk-\(UInt64.random(in: 0 ... .max))"
        let kernel = PosixKernel()
        #expect(kernel.makeFolder(folder).isSuccess)
        for name in ["tokens", "tokens.new"] {
            #expect(kernel.replaceFile("\(folder)/\(name)", with: []).isSuccess)
            #expect(kernel.setMode(0o666, of: "\(folder)/\(name)").isSuccess)
        }
        var random = SystemRandomNumberGenerator()
        let time = try #require(UTCTime("2026-12-01T12:00:00.000Z"))
        let token = AccessToken.make(.read, label: "", at: time, &random).token
        try TokenStore(state: folder).add(token)
        #expect(kernel.status(of: "\(folder)/tokens").map { $0.mode & 0o777 } == 0o600)
        #expect(kernel.status(of: "\(folder)/tokens.new") == nil)
        #expect(TokenStore(state: folder).all == [token])
    }

    @Test func w8NoStreamTellsOfTokensAndNoPathGivesOne() throws {
        try withGatewayRig(["nmea", "gpsd", "web", "irc"]) { rig in
            let (secret, id) = try rig.token(.control)
            let ears = [
                try rig.client("web", "GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                try rig.client("gpsd", "?WATCH={\"json\":true,\"nmea\":true};"),
                try rig.client("nmea"),
                try rig.client("irc", "NICK ear\r\nUSER e 0 * :e\r\nJOIN #gps\r\n"),
            ]
            try rig.harness.turn("the ears") {
                ears.allSatisfy { !$0.text.isEmpty || $0 === ears[2] }
            }
            let client = try rig.client("nmea", "AUTH wrong\r\nAUTH \(secret)\r\n\(Self.command)")
            try rig.harness.turn("the device") { rig.receiver.writtenText == Self.command }
            rig.receiver.feed(GatewayRig.epoch(1) + GatewayRig.epoch(2) + GatewayRig.epoch(3))
            try rig.harness.turn("reports") { ears[1].text.contains("TPV") }
            for ear in ears {
                for word in [secret, id, "AUTH", "wrong", "PMTK314"] {
                    #expect(!ear.text.contains(word), "\(word)")
                }
            }
            for path in ["/v1/tokens", "/tokens", "/v1/tokens/\(id)", "/v1/devices/write", "/.."] {
                let page = try rig.request("GET \(path) HTTP/1.1", "Host: localhost")
                #expect(["404", "405", "400"].contains(page.status))
                #expect(!page.text.contains(secret))
            }
            client.transport?.abort()
            for ear in ears { ear.transport?.abort() }
        }
    }

    // MARK: Devices, patterns, metrics

    /// Whatever an anonymous client says on whatever port, nothing of it is heard by a receiver.
    @Test func g9NothingAnonymousReachesADevice() throws {
        let kinds = ["nmea", "gpsd", "irc", "web"]
        try withGatewayRig(kinds) { rig in
            let said = [
                Self.command, "$PMTK314,-1\r\n", "\\s:x*00\\\(Self.command)",
                "!AIVDM,1,1,,A,0,0*00\r\n",
                "AUTH\r\n\(Self.command)", "AUTH \r\n\(Self.command)",
                "AUTH fl_0\r\n\(Self.command)",
                "?DEVICE={\"path\":\"/dev/gps0\",\"bps\":1,\"hexdata\":\"b562\"};",
                "?WATCH={\"raw\":2};?DEVICE={\"path\":\"/dev/gps0\",\"native\":1};",
                "&/dev/gps0=b5620600\r\n", "!/dev/gps0=$PMTK314\r\n",
                "NICK x\r\nUSER x 0 * :x\r\nJOIN #gps\r\nPRIVMSG gps :\(Self.command)",
                "POST /v1/devices/write?device=/dev/gps0 HTTP/1.1\r\nHost: localhost\r\n"
                    + "\(Self.nmea)\r\nContent-Length: 17\r\n\r\n\(Self.command)",
                "PUT /v1/devices/write?device=/dev/gps0 HTTP/1.1\r\nHost: localhost\r\n"
                    + "\(Self.nmea)\r\nAuthorization: Basic eDp4\r\nContent-Length: 0\r\n\r\n",
            ]
            for kind in kinds {
                var clients: [RigClient] = []
                for text in said { clients.append(try rig.client(kind, text)) }
                try rig.harness.turn(for: .milliseconds(50))
                for client in clients { client.transport?.abort() }
            }
            #expect(rig.receiver.written.isEmpty, "\(rig.receiver.writtenText)")
            try rig.checkThatAHealthyClientIsServed()
        }
    }

    /// Programs for serial receivers say all sorts of things to them, in binary too.
    @Test func whateverIsWrittenToThePseudoTerminalItGoesOn() throws {
        try withGatewayRig(["pty", "nmea"]) { rig in
            let client = RigClient("")
            var isOpen = false
            let line = rig.harness.reactor.openSerial("\(rig.folder)/pty") { _ in
                client
            } completion: { result in
                isOpen = (try? result.get()) != nil
            }
            try rig.harness.turn("the terminal") { isOpen }
            client.transport?.write([0xB5, 0x62, 0x06, 0, 0, 0])
            client.say("GET / HTTP/1.1\r\n\(Self.command)?WATCH={};\r\n")
            for second in 1..<4 {
                try rig.harness.turn(for: .milliseconds(20))
                rig.receiver.feed(GatewayRig.epoch(second))
                try rig.harness.turn("epoch \(second)") { client.text.contains("12000\(second)") }
            }
            #expect(!client.hasEnded && rig.receiver.written.isEmpty)
            client.transport?.abort()
            line.cancel()
        }
    }

    @Test func w6NoNameOfADeviceIsAPattern() throws {
        try withGatewayRig(["web", "gpsd", "nmea"]) { rig in
            rig.receiver.feed(GatewayRig.epoch(1) + GatewayRig.epoch(2))
            let long = String(repeating: "(a%2B)%2B", count: 800) + "$"
            for name in [".*", "*", "/dev/gps.", "(a%2B)%2B$", "/dev/*", "%00", "", long] {
                let page = try rig.request(
                    "GET /v1/position?device=\(name) HTTP/1.1", "Host: localhost")
                #expect(page.status == "404", "\(name.prefix(20)): \(page.status)")
            }
            let client = try rig.client("gpsd")
            for name in [".*", "/dev/gps?", String(repeating: "(a+)+", count: 300) + "$"] {
                client.text = ""
                client.say("?WATCH={\"json\":true,\"device\":\"\(name)\"};")
                try rig.harness.turn("the answer") { client.text.contains("No such device") }
            }
            client.transport?.abort()
            try rig.checkThatAHealthyClientIsServed()
        }
    }

    @Test func h15AHundredThousandPathsMakeNoMetrics() throws {
        try withGatewayRig(["web", "nmea"]) { rig in
            let metrics = { try rig.request("GET /metrics HTTP/1.1", "Host: localhost").text }
            let before = try metrics().split(separator: "\r\n\r\n").last
            let client = try rig.client("web")
            for round in 0..<200 {
                client.text = ""
                let requests = (0..<500).map {
                    "GET /\(round)/\($0) HTTP/1.1\r\nHost: localhost\r\n\r\n"
                }
                client.say(requests.joined())
                try rig.harness.turn("500 answers", within: .seconds(60)) {
                    client.text.utf8.count { $0 == UInt8(ascii: "{") } >= 500
                }
            }
            client.transport?.abort()
            #expect(try metrics().split(separator: "\r\n\r\n").last == before)
            try rig.checkThatAHealthyClientIsServed()
        }
    }
}

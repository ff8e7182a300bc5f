// What has broken gpsd, by the rows of the list of hostile input (G1, G6, G8, G9, B4): each is a
// test, and after each a healthy client is served. G2 is of binary protocols, which there are none
// of here.

import FairleadEngine
import FairleadEngineTesting
import FairleadGPSD
import FairleadGPSDWire
import FairleadNMEAWire
import FairleadWire
import Testing

@Suite struct HostileClientTests {
    private func withServer(
        _ body: (ReactorHarness, GPSDServer) throws -> Void
    ) throws {
        try withSimulatedReactor { harness in
            let server = GPSDServer(on: harness.reactor, release: "1", revision: "r")
            var device = GPSDDevice(path: "/dev/gps0")
            device.activated = UTCTime("2026-11-25T08:00:00.000Z")
            server.update(device)
            server.flush()
            try body(harness, server)
            let healthy = try connect(harness, server)
            healthy.feed("?WATCH={\"json\":true};")
            #expect(healthy.takeWrittenText().contains("\"class\":\"WATCH\""))
            server.publish(fix(1), of: "/dev/gps0")
            server.flush()
            #expect(healthy.takeWrittenText().contains("\"class\":\"TPV\""))
            healthy.close()
        }
    }

    private func connect(_ harness: ReactorHarness, _ server: GPSDServer) throws
        -> MemoryTransport
    {
        let transport = MemoryTransport(on: harness.reactor)
        transport.start(try #require(server.makeProtocol(transport)))
        _ = transport.takeWritten()
        return transport
    }

    private func fix(_ second: Int) -> Fix {
        var fix = Fix()
        fix.date = NMEADate(year: 2026, month: 11, day: 25)
        fix.time = NMEATime(hour: 8, minute: second / 60, second: second % 60)
        fix.mode = .threeDimensional
        fix.position = Coordinate(latitude: 50, longitude: 8)
        return fix
    }

    @Test func g1AnEndlessRequestIsAnErrorAtTheLimit() throws {
        try withServer { harness, server in
            let client = try connect(harness, server)
            client.feed("?WATCH={\"class\":\"")
            for _ in 0..<1_000 {
                client.feed([UInt8](repeating: UInt8(ascii: "A"), count: 1_000))
            }
            #expect(client.takeWrittenText().contains("\"class\":\"ERROR\""))
            try harness.turn("the end") { client.endReason != nil }
        }
    }

    @Test(arguments: [
        (
            String(repeating: "{\"a\":", count: 200) + "1" + String(repeating: "}", count: 200),
            "ERROR"
        ),
        ("{" + (0..<300).map { "\"\($0)\":1" }.joined(separator: ",") + ",}", "ERROR"),
        ("{\"device\":\"\\uD800\"}", "ERROR"), ("{\"device\":\"\\u00zz\"}", "ERROR"),
        ("{\"raw\":-1e400}", "ERROR"),
        // A number that is none of the protocol's is as if it were left out.
        ("{\"raw\":99999999999999999999}", "DEVICES"),
        // Its string never ends, so neither does the request.
        ("{\"device\":\"\\u12", ""),
    ])
    func g1WhatIsNoRequestIsAnErrorInAnyCut(argument: String, answered: String) throws {
        let text = Array("?WATCH=\(argument);\n".utf8)
        for cut in stride(from: 1, to: text.count, by: max(1, text.count / 50)) {
            try withServer { harness, server in
                let client = try connect(harness, server)
                client.feed(Array(text[..<cut]))
                client.feed(Array(text[cut...]))
                let answer = client.takeWrittenText()
                let first = answer.isEmpty ? "" : "{\"class\":\"\(answered)\""
                #expect(answer.hasPrefix(first) && answer.isEmpty == answered.isEmpty)
                client.close()
            }
        }
    }

    @Test func g1ARequestThatIsAllKeysOrAllDepthIsAnErrorAtTheLimit() throws {
        let keys = (0..<100_000).map { "\"k\($0)\":1" }.joined(separator: ",")
        let depth = String(repeating: "{\"a\":", count: 1_000)
        for text in [
            "?WATCH={\(keys)};", "?WATCH=\(depth)", "?" + String(repeating: "{", count: 3000),
        ] {
            try withServer { harness, server in
                let client = try connect(harness, server)
                let bytes = Array(text.utf8)
                for start in stride(from: 0, to: bytes.count, by: 1_000) {
                    client.feed(Array(bytes[start..<min(start + 1_000, bytes.count)]))
                }
                let answer = client.takeWrittenText()
                #expect(answer.hasPrefix("{\"class\":\"ERROR\"") && !answer.contains("WATCH\""))
                #expect(answer.split(separator: "\r\n").count == 1)
                try harness.turn("the end") { client.endReason != nil }
            }
        }
    }

    @Test func g1AnEscapeCutAtEachByteIsTheSameText() throws {
        let text = Array("?WATCH={\"device\":\"\\u002fdev\\u002F\\uD83D\\uDE00\"};".utf8)
        // The brace is the end already.
        for cut in 1..<text.count - 1 {
            try withServer { harness, server in
                let client = try connect(harness, server)
                client.feed(Array(text[..<cut]))
                #expect(client.takeWritten().isEmpty, "\(cut)")
                client.feed(Array(text[cut...]))
                #expect(client.takeWrittenText().contains("No such device as /dev/\u{1F600}"))
                client.close()
            }
            // And nothing after the cut: half an escape is no request, and no fault of ours.
            try withServer { harness, server in
                let client = try connect(harness, server)
                client.feed(Array(text[..<cut]) + [0x0A])
                client.close()
            }
        }
    }

    /// With a send buffer of 4 kB: the client is not cut, gets whole reports, and then the newest.
    @Test func g8AClientThatStopsReadingIsConflatedAndDelaysNobody() throws {
        try withReactor { harness in
            let server = GPSDServer(on: harness.reactor, release: "1", revision: "r")
            var device = GPSDDevice(path: "/dev/gps0")
            device.activated = UTCTime("2026-11-25T08:00:00.000Z")
            server.update(device)
            var options = ListenOptions()
            options.sendBuffer = 4096
            let port = try harness.reactor.listenTCP(
                on: .ipv4(.loopback, port: 0), options, server.makeProtocol)
            let address = try #require(port.localAddress.socketAddress)
            let (slow, quick) = (Reader(), Reader())
            for reader in [slow, quick] {
                try harness.reactor.connect("tcp:127.0.0.1:\(address.port ?? 0)") { _ in
                    reader
                } completion: { _ in
                }
                try harness.turn("the watch") { reader.text.contains("WATCH\"") }
            }
            slow.transport?.pauseReading()
            for second in 0..<30_000 {
                server.publish(fix(second % 3600), of: "/dev/gps0")
                server.flush()
                let count = second + 1
                try harness.turn("the quick one") { quick.count == count }
            }
            let endOfQuick = quick.hasEnded
            #expect(!slow.hasEnded && !endOfQuick)
            slow.transport?.resumeReading()
            server.publish(fix(3_599), of: "/dev/gps0")
            try harness.turn("the newest") { slow.text.contains("08:59:59") }
            #expect(slow.count < 20_000 && slow.isWhole, "\(slow.count)")
            for reader in [slow, quick] { reader.transport?.abort() }
            port.stop()
        }
    }

    /// Counts reports, and keeps the last bytes.
    private final class Reader: StreamProtocol {
        var text = ""
        var count = 0
        var isWhole = true
        var hasEnded = false
        var transport: (any Transport)?
        private var rest: [UInt8] = []
        private let json = JSONParser()

        func connectionMade(on transport: any Transport) {
            self.transport = transport
            transport.write("?WATCH={\"json\":true};")
        }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            rest.append(copying: bytes)
            while let end = rest.firstIndex(of: 0x0A) {
                let line = Array(rest[...end])
                rest.removeSubrange(...end)
                text = String(decoding: line, as: UTF8.self)
                if (try? json.parse(line.span))?["class"] == nil { isWhole = false }
                count += text.contains("\"TPV\"") ? 1 : 0
            }
        }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            (hasEnded, self.transport) = (true, nil)
        }
    }

    @Test func g6HalfARequestIsNothingToTheNextClient() throws {
        try withServer { harness, server in
            let first = try connect(harness, server)
            first.feed("?WATCH={\"json\":tr")
            first.end(from: .closedByPeer)
            try harness.turn("the end") { server.clientCount == 0 }
            let second = try connect(harness, server)
            second.feed("ue};\n")
            #expect(second.takeWritten().isEmpty)
            try harness.turn("the end") { second.endReason != nil }
        }
    }

    @Test func g8AClientThatReadsSlowlyStaysAndSeesWholeReports() throws {
        try withServer { harness, server in
            let transport = MemoryTransport(on: harness.reactor, capacity: 600)
            transport.start(try #require(server.makeProtocol(transport)))
            transport.feed("?WATCH={\"json\":true};")
            var seen = ""
            for second in 0..<600 {
                server.publish(fix(second), of: "/dev/gps0")
                server.flush()
                // A kilobyte a second is less than is said.
                seen += transport.takeWrittenText()
                transport.capacity += 100
            }
            transport.capacity = .max
            seen += transport.takeWrittenText()
            #expect(transport.endReason == nil)
            for line in seen.split(separator: "\r\n") {
                let isWhole = (try? JSONParser().parse(String(line)))?["class"] != nil
                #expect(isWhole, "\(line)")
            }
            #expect(seen.contains("08:09:59"))
            transport.close()
        }
    }

    @Test(arguments: [
        "{\"path\":\"/dev/gps0\",\"bps\":9600}", "{\"path\":\"/dev/gps0\",\"native\":1}",
        "{\"path\":\"/dev/gps0\",\"cycle\":0.1}", "{\"bps\":4800,\"parity\":\"E\"}",
        "{\"path\":\"/dev/gps0\",\"hexdata\":\"b562\"}", "{\"path\":\"/dev/gps0\",\"stopbits\":2}",
    ])
    func g9AnAnonymousClientChangesNoDevice(change: String) throws {
        try withServer { harness, server in
            let before = server.devices
            let client = try connect(harness, server)
            client.feed("?DEVICE=\(change);")
            #expect(server.devices == before)
            client.close()
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n?WATCH={\"json\":true};\n",
        "POST / HTTP/1.1\r\nHost: x\r\n\r\n?DEVICE={\"path\":\"/dev/gps0\",\"bps\":1};\n",
        "Host: x\r\n?WATCH={\"json\":true};\n", "\u{16}\u{3}\u{1}\u{2}?WATCH={\"json\":true};\n",
    ])
    func b4AnotherProtocolIsClosedAndNothingIsDone(text: String) throws {
        var generator = SeededGenerator(seed: 4)
        let bytes = Array(text.utf8)
        // Four texts: ten thousand cuts.
        for _ in 0..<2_500 {
            try withServer { harness, server in
                let client = try connect(harness, server)
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = generator.pick(1...min(rest.count, 20))
                    client.feed(Array(rest.prefix(count)))
                    rest = rest.dropFirst(count)
                }
                try harness.turn("the end") { client.endReason != nil }
                #expect(client.takeWritten().isEmpty)
            }
        }
    }
}

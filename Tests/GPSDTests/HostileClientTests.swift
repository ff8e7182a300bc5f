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
        for _ in 0..<200 {
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

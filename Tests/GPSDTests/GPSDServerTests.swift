// A server of gpsd's protocol as its clients see it: greeting, watches, polls, devices that come
// and go, and what must not be done. Clients are memory transports, time is simulated, and each
// test ends with a look at what was left behind.

import FairleadEngine
import FairleadEngineTesting
import FairleadGPSD
import FairleadGPSDWire
import FairleadNMEAWire
import FairleadWire
import Testing

@Suite struct GPSDServerTests {
    /// A server with a device, and a client on a memory transport.
    private final class Table {
        let harness: ReactorHarness
        let server: GPSDServer
        let path = "/dev/ttyUSB0"

        init(_ harness: ReactorHarness) {
            self.harness = harness
            server = GPSDServer(on: harness.reactor, release: "1", revision: "r")
            var device = GPSDDevice(path: path)
            device.activated = UTCTime("2026-11-25T08:00:00.000Z")
            server.update(device)
            server.flush()
        }

        func client() -> MemoryTransport {
            let transport = MemoryTransport(on: harness.reactor)
            if let session = server.makeProtocol(transport) { transport.start(session) }
            _ = transport.takeWritten()
            return transport
        }

        func fix(_ second: Int) -> Fix {
            var fix = Fix()
            fix.date = NMEADate(year: 2026, month: 11, day: 25)
            fix.time = NMEATime(hour: 8, minute: 0, second: second)
            fix.mode = .threeDimensional
            fix.position = Coordinate(latitude: 50, longitude: 8)
            return fix
        }
    }

    /// The class of each line; `?` for what is no report.
    private func classes(_ text: String) -> [String] {
        text.split(separator: "\r\n").map { line in
            (try? JSONParser().parse(String(line)))?["class"]?.string ?? "?"
        }
    }

    private func withTable(_ body: (Table) throws -> Void) throws {
        try withSimulatedReactor { harness in try body(Table(harness)) }
    }

    @Test func aClientIsGreetedAndAWatchIsAnsweredInOneGo() throws {
        try withTable { table in
            let transport = MemoryTransport(on: table.harness.reactor)
            transport.start(try #require(table.server.makeProtocol(transport)))
            #expect(classes(transport.takeWrittenText()) == ["VERSION"])
            transport.feed("?WATCH={\"enable\":true,\"json\":true}")
            #expect(classes(transport.takeWrittenText()) == ["DEVICES", "WATCH"])
            table.server.publish(table.fix(1), of: table.path)
            table.server.flush()
            #expect(classes(transport.takeWrittenText()) == ["TPV"])
            transport.feed("?WATCH={\"enable\":false};")
            _ = transport.takeWritten()
            table.server.publish(table.fix(2), of: table.path)
            table.server.flush()
            #expect(transport.takeWritten().isEmpty)
            transport.close()
        }
    }

    @Test func aNewWatcherGetsWhatIsKnownAtOnce() throws {
        try withTable { table in
            table.server.publish(Sky(), of: table.path)
            table.server.flush()
            table.server.publish(table.fix(1), of: table.path)
            table.server.flush()
            let client = table.client()
            client.feed("?WATCH={\"json\":true};")
            #expect(classes(client.takeWrittenText()) == ["DEVICES", "WATCH", "SKY", "TPV"])
            client.close()
        }
    }

    @Test func pollingWorksAfterAWatchThatStreamsNothing() throws {
        try withTable { table in
            table.server.publish(table.fix(1), of: table.path)
            table.server.flush()
            let client = table.client()
            client.feed("?POLL;")
            #expect(client.takeWritten().isEmpty)
            client.feed("?WATCH={\"enable\":true}\n")
            #expect(classes(client.takeWrittenText()) == ["DEVICES", "WATCH"])
            table.server.publish(table.fix(2), of: table.path)
            table.server.flush()
            #expect(client.takeWritten().isEmpty)
            client.feed("?POLL;\n")
            let poll = try JSONParser().parse(client.takeWrittenText())
            #expect(poll["active"]?.integer == 1)
            #expect(poll["tpv"]?.array?.count == 1 && poll["sky"]?.array?.isEmpty == true)
            #expect(poll["tpv"]?.array?.first?["time"]?.string == "2026-11-25T08:00:02.000Z")
            client.close()
        }
    }

    @Test func onlyTheDeviceThatIsWatchedIsHeard() throws {
        try withTable { table in
            var other = GPSDDevice(path: "/dev/other")
            other.activated = UTCTime("2026-11-25T08:00:00.000Z")
            table.server.update(other)
            table.server.flush()
            let client = table.client()
            client.feed("?WATCH={\"json\":true,\"device\":\"/dev/other\"};")
            _ = client.takeWritten()
            table.server.publish(table.fix(1), of: table.path)
            table.server.flush()
            #expect(client.takeWritten().isEmpty)
            table.server.publish(table.fix(1), of: "/dev/other")
            table.server.flush()
            #expect(classes(client.takeWrittenText()) == ["TPV"])
            client.feed("?WATCH={\"json\":true,\"device\":\"/dev/none\"};")
            #expect(
                client.takeWrittenText()
                    == "{\"class\":\"ERROR\",\"message\":\"No such device as /dev/none\"}\r\n")
            client.close()
        }
    }

    @Test func sentencesGoToWhoWantsThemOnce() throws {
        try withTable { table in
            let client = table.client()
            client.feed("?WATCH={\"nmea\":true,\"raw\":2};")
            _ = client.takeWritten()
            table.server.publish(sentences: Array("$GPTXT*00\r\n".utf8), of: table.path)
            table.server.flush()
            table.server.publish(table.fix(1), of: table.path)
            table.server.flush()
            #expect(client.takeWrittenText() == "$GPTXT*00\r\n")
            client.close()
        }
    }

    @Test func watchersHearOfDevicesThatComeAndGo() throws {
        try withTable { table in
            let client = table.client()
            client.feed("?WATCH={\"json\":true};")
            _ = client.takeWritten()
            table.server.remove(table.path)
            table.server.flush()
            #expect(
                client.takeWrittenText()
                    == "{\"class\":\"DEVICE\",\"path\":\"/dev/ttyUSB0\",\"activated\":0}\r\n")
            client.feed("?DEVICES;")
            #expect(client.takeWrittenText() == "{\"class\":\"DEVICES\",\"devices\":[]}\r\n")
            client.close()
        }
    }

    @Test func aChangeOfADeviceIsRefusedUnlessItsOwnerAllowsIt() throws {
        try withTable { table in
            let client = table.client()
            client.feed("?DEVICE={\"path\":\"/dev/ttyUSB0\",\"bps\":9600};")
            #expect(classes(client.takeWrittenText()) == ["ERROR", "DEVICE"])
            var asked: [DeviceChange] = []
            table.server.answers.change = { change, _ in
                asked.append(change)
                return nil
            }
            client.feed("?DEVICE={\"path\":\"/dev/ttyUSB0\",\"bps\":9600};")
            #expect(classes(client.takeWrittenText()) == ["DEVICE"])
            #expect(asked.map(\.speed) == [9600])
            client.feed("?FOO;")
            #expect(
                client.takeWrittenText()
                    == "{\"class\":\"ERROR\",\"message\":\"Unrecognized request '?FOO'\"}\r\n")
            client.close()
        }
    }

    @Test func anHTTPRequestIsClosedAndNothingOfItIsDone() throws {
        try withTable { table in
            let client = table.client()
            client.feed("POST / HTTP/1.1\r\n\r\n?WATCH={\"json\":true};\n")
            try table.harness.turn("the end") { table.server.clientCount == 0 }
            #expect(client.endReason == .closedByUs)
            #expect(client.takeWritten().isEmpty)
        }
    }

    @Test func whoDoesNotReadGetsTheNewestAndDelaysNobody() throws {
        try withTable { table in
            let stalled = MemoryTransport(on: table.harness.reactor, capacity: 0)
            stalled.start(try #require(table.server.makeProtocol(stalled)))
            stalled.feed("?WATCH={\"json\":true};")
            let reading = table.client()
            reading.feed("?WATCH={\"json\":true};")
            for second in 0..<50 {
                for _ in 0..<200 {
                    table.server.publish(table.fix(second), of: table.path)
                    table.server.flush()
                }
                _ = reading.takeWritten()
            }
            table.server.publish(table.fix(59), of: table.path)
            table.server.flush()
            #expect(stalled.queuedBytes <= 64 * 1024)
            stalled.capacity = .max
            let text = stalled.takeWrittenText()
            #expect(text.contains("08:00:59"))
            // Whole reports only.
            #expect(classes(text).last == "TPV")
            stalled.close()
            reading.close()
        }
    }

    @Test func whoNeverAsksIsSentAwayAfterAWhileAndWatchersAreNot() throws {
        try withTable { table in
            let silent = table.client()
            let watcher = table.client()
            watcher.feed("?WATCH={\"json\":true};")
            try table.harness.turn(for: GPSDServer.patience + .seconds(1))
            #expect(silent.endReason != nil && watcher.endReason == nil)
            watcher.close()
        }
    }
}

import FairleadEngine
import FairleadEngineTesting
import FairleadGPSD
import FairleadNMEAWire
import FairleadWire
import Testing

@Suite struct GPSDClientTests {
    private final class Listener: PositioningReceiver {
        var events: [PositioningEvent] = []
        func received(_ event: PositioningEvent) { events.append(event) }
    }

    @Test func reportsBecomeEventsInAnyCut() throws {
        let text =
            #"{"class":"VERSION","release":"3.22","proto_major":3,"proto_minor":14}"# + "\r\n"
            + #"{"class":"TPV","device":"/dev/a","mode":1}"# + "\r\n"
            + #"{"class":"TPV","device":"/dev/a","mode":3,"time":"2026-11-25T08:00:00.000Z","#
            + #""lat":50.5,"lon":8.25,"altMSL":100.5,"speed":1.5}"# + "\r\n"
            + #"{"class":"SKY","device":"/dev/a","satellites":[{"PRN":3,"el":40.0,"az":90.0,"#
            + #""ss":35.0,"used":true,"gnssid":0,"svid":3}]}"# + "\r\n"
            + "nonsense\r\n"
        for chunking in [1, 7, 10_000] {
            try withSimulatedReactor { harness in
                let listener = Listener()
                let client = GPSDClient(to: listener)
                let transport = MemoryTransport(on: harness.reactor)
                transport.start(client)
                #expect(
                    transport.takeWrittenText() == "?WATCH={\"enable\":true,\"json\":true};\n")
                let bytes = Array(text.utf8)
                for start in stride(from: 0, to: bytes.count, by: chunking) {
                    transport.feed(Array(bytes[start..<min(start + chunking, bytes.count)]))
                }
                #expect(listener.events.count == 3 && client.badLines == 1)
                if case .position(let fix) = listener.events[1] {
                    #expect(fix.position?.latitude == 50.5 && fix.altitude == 100.5)
                } else {
                    #expect(Bool(false))
                }
                transport.close()
            }
        }
    }

    @Test func aLineWithoutAnEndIsPassedOver() throws {
        try withSimulatedReactor { harness in
            let listener = Listener()
            let client = GPSDClient(watching: "/dev/a", to: listener)
            let transport = MemoryTransport(on: harness.reactor)
            transport.start(client)
            for _ in 0..<100 { transport.feed([UInt8](repeating: 0x7B, count: 10_000)) }
            transport.feed("\r\n{\"class\":\"TPV\",\"mode\":0}\r\n")
            #expect(listener.events.count == 1 && client.badLines == 1)
            transport.close()
        }
    }
}

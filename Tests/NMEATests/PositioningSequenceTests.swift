import FairleadEngine
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct PositioningSequenceTests {
    @Test func eventsComeInOrderAndEndWithTheConnection() async throws {
        let events = try await AsyncReactor.run("reactor") { reactor in
            let listener = try await reactor.listen("tcp:0:interface=127.0.0.1")
            Task {
                try await listener.serve { connection in
                    try await connection.write(Log.epochs(0..<4))
                    connection.close()
                }
            }
            let number = try #require(Self.port(listener.localAddress))
            let connection = try await reactor.connect("tcp:127.0.0.1:\(number)")
            var events: [PositioningEvent] = []
            for try await event in connection.positioningEvents(device: "mast") {
                events.append(event)
            }
            listener.stop()
            return events
        }
        var seconds: [Int] = []
        var told: [Int] = []
        for event in events {
            switch event {
            case .position(let fix):
                #expect(fix.device == "mast")
                seconds.append(Int(fix.time?.second ?? 99))
                // The time of an epoch is told before its position.
                #expect(told.last == seconds.last)
            case .time(let report): told.append(Int(report.time.time.second))
            default: break
            }
        }
        #expect(seconds == [0, 1, 2, 3])
        #expect(told == [0, 1, 2, 3])
    }

    private static func port(_ address: TransportAddress) -> UInt16? {
        guard case .socket(let address) = address else { return nil }
        return address.port
    }
}

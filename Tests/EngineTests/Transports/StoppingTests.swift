import FairleadEngine
import FairleadWire
import Testing

@Suite struct StoppingTests {
    @Test func protocolsHaveHeardOfTheirEndBeforeTheLastPhase() throws {
        var order: [String] = []
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.client.onLost = { _, _ in order.append("client lost") }
            pair.server.onLost = { _, _ in order.append("server lost") }
            rig.reactor.add(to: .beforeShutDown) { _, done in
                order.append("before")
                done()
            }
            rig.reactor.add(to: .afterShutDown) { _, done in
                order.append("after")
                done()
            }
        }
        #expect(order.first == "before" && order.last == "after" && order.count == 4, "\(order)")
    }

    @Test func whatIsOpenedAtTheEndIsClosedAsWell() throws {
        var late: [Recorder] = []
        try withRig { rig in
            let pair = try rig.tcpPair()
            let number = try pair.port.number
            pair.client.onLost = { _, _ in
                let recorder = rig.recorder()
                late.append(recorder)
                rig.reactor.connectTCP(to: "127.0.0.1", port: number) { _ in recorder }
                rig.reactor.connectTCP(to: "localhost", port: number) { _ in recorder }
            }
        }
        #expect(late.count == 1)
    }

    @Test func aReactorServesAgainAfterAStop() throws {
        try withRig { rig in
            for _ in 0..<3 {
                let pair = try rig.tcpPair()
                pair.server.onReceived = { $1.write($0) }
                pair.client.transport?.write("again")
                try rig.run { pair.client.text == "again" }
                rig.reactor.later { rig.reactor.stop() }
                try rig.reactor.run()
                #expect(rig.reactor.census.isEmpty)
                #expect(pair.client.reason == .closedByUs && pair.server.reason == .closedByUs)
            }
        }
    }
}

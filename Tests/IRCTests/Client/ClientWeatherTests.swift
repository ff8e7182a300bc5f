// Our client and our server on a network that fails in every way that the simulated kernel knows:
// short reads and writes, EINTR, resets, connections that never come. When the weather clears,
// everybody is back in the channel and hears what is said. Each seed is another world.
import FairleadEngine
import FairleadEngineTesting
import FairleadIRC
import FairleadIRCWire
import FairleadWire
import Testing

@Suite struct ClientWeatherTests {
    private func options(_ number: Int) -> IRCClientOptions {
        var options = IRCClientOptions.test
        options.nickname = "n\(number)"
        options.capabilities = ["echo-message", "server-time"]
        options.channels = [("#storm", nil)]
        options.backOff = BackOff(initial: .seconds(1), maximum: .seconds(10))
        options.pingInterval = .seconds(20)
        options.pingTimeout = .seconds(10)
        return options
    }

    @Test(arguments: 1...8)
    func everybodyComesBackWhenTheWeatherClears(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let rates = FaultRates.mixture(&generator)
        let clear = Instant(nanoseconds: 120_000_000_000)
        let kernel = SimulatedKernel()
        try withSimulatedReactor(kernel) { harness in
            var own = IRCServerOptions.test
            own.limits.pingInterval = .seconds(20)
            own.limits.pingTimeout = .seconds(10)
            let server = IRCServer(own, on: harness.reactor)
            let port = try server.listen("tcp:6667:interface=127.0.0.1")
            let endpoint = try #require(port.clientEndpoint).source
            kernel.plan = FaultPlan(seed: UInt64(seed), rates, until: clear)
            let diaries = (0..<5).map { _ in Diary() }
            let clients = diaries.enumerated().map { number, diary in
                IRCClient(options(number), on: harness.reactor, diary)
            }
            for client in clients { try client.connect(to: endpoint) }
            let chatter = harness.reactor.every(.seconds(3)) {
                for client in clients { _ = try? client.say("still here", to: "#storm") }
            }
            try harness.turn(for: .seconds(200))
            chatter.cancel()
            try harness.turn("everybody is back", within: .seconds(300)) {
                clients.allSatisfy {
                    $0.channel("#storm")?.members.count == 5 && $0.waitingCount == 0
                }
            }
            try clients[0].say("all clear", to: "#storm")
            try harness.turn("everybody hears", within: .seconds(60)) {
                diaries.allSatisfy { $0.notes.last?.hasSuffix("all clear") == true }
            }
            for client in clients { client.disconnect("bye") }
            try harness.turn { server.connectionCount == 0 }
            #expect(server.userCount == 0 && server.channelCount == 0)
            server.stop()
        }
    }
}

import FairleadEngine
import FairleadEngineTesting
import Glibc
import Testing

/// The contract of transports, checked on every kind that the engine has.
@Suite struct TransportContractTests {
    @Test(arguments: TransportChecker.Rule.allCases)
    func memoryPairKeepsTheContract(_ rule: TransportChecker.Rule) throws {
        let reactor = { try SimulatedKernel().makeReactor() }
        for chunking in [Chunking.whole, .pieces(of: 1000), .random(SeededGenerator(seed: 1))] {
            try TransportChecker("memory pair, \(chunking)", reactor: reactor) {
                memoryPair(on: $0, $1, $2, chunking: chunking)
                return {}
            }.check(rule)
        }
    }

    @Test(arguments: TransportChecker.Rule.allCases)
    func simulatedTCPKeepsTheContract(_ rule: TransportChecker.Rule) throws {
        try TransportChecker(
            "simulated TCP", reactor: { try SimulatedKernel().makeReactor() }, connect: connectTCP
        ).check(rule)
    }

    @Test(arguments: TransportChecker.Rule.allCases)
    func simulatedTCPWithLatencyAndShortCallsKeepsTheContract(_ rule: TransportChecker.Rule) throws
    {
        var rates = FaultRates()
        rates.latency = .milliseconds(1)
        rates.shortRead = 0.2
        rates.shortWrite = 0.2
        rates.interrupt = 0.2
        rates.again = 0.1
        rates.spurious = 0.1
        for seed in 0..<5 {
            let kernel = SimulatedKernel(FaultPlan(seed: UInt64(seed), rates))
            try TransportChecker(
                "simulated TCP, seed \(seed)", reactor: { try kernel.makeReactor() },
                connect: connectTCP
            ).check(rule)
        }
    }

    @Test(arguments: TransportChecker.Rule.allCases)
    func simulatedUnixKeepsTheContract(_ rule: TransportChecker.Rule) throws {
        try TransportChecker("simulated UNIX", reactor: { try SimulatedKernel().makeReactor() }) {
            try connectUnix(.unix(path: "/run/contract"), $0, $1, $2)
        }.check(rule)
    }

    @Test(arguments: TransportChecker.Rule.allCases)
    func realTCPKeepsTheContract(_ rule: TransportChecker.Rule) throws {
        try TransportChecker("TCP", reactor: { try Reactor() }, connect: connectTCP).check(rule)
    }

    @Test(arguments: TransportChecker.Rule.allCases)
    func realUnixKeepsTheContract(_ rule: TransportChecker.Rule) throws {
        let name = Array("fairlead-contract-\(getpid())-\(rule.rawValue)".utf8)
        try TransportChecker("UNIX", reactor: { try Reactor() }) {
            try connectUnix(.abstract(name: name), $0, $1, $2)
        }.check(rule)
    }

    /// A checker that finds nothing wrong with a faulty transport would be worth nothing.
    @Test func theCheckerFindsATransportThatEndsTwice() throws {
        let reactor = { try SimulatedKernel().makeReactor() }
        let checker = TransportChecker("twice", reactor: reactor) { reactor, first, second in
            memoryPair(on: reactor, EndsTwice(first), second)
            return {}
        }
        #expect(throws: ContractViolation.self) { try checker.check(.closedPeerIsReported) }
    }
}

private final class EndsTwice: ProtocolWrapper {
    override func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        super.connectionLost(reason, on: transport)
        super.connectionLost(reason, on: transport)
    }
}

private func connectTCP(
    _ reactor: Reactor, _ first: any StreamProtocol, _ second: any StreamProtocol
) throws -> () -> Void {
    let address = try #require(SocketAddress(literal: "127.0.0.1", port: 0))
    let port = try reactor.listenTCP(on: address) { _ in second }
    let number = port.localAddress.socketAddress?.port ?? 0
    reactor.connectTCP(to: "127.0.0.1", port: number) { _ in first }
    return { port.stop() }
}

private func connectUnix(
    _ address: SocketAddress, _ reactor: Reactor, _ first: any StreamProtocol,
    _ second: any StreamProtocol
) throws -> () -> Void {
    let port = try reactor.listenUnix(on: address) { _ in second }
    reactor.connectUnix(to: address) { _ in first }
    return { port.stop() }
}

import ArgumentParser
import FairleadEngine
import FairleadGateway
import FairleadHTTPWire
import FairleadWire

/// `fairlead demo`: everything at once, with a receiver that is made up.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Runs a gateway with a simulated receiver, and shows it.",
        discussion: """
            fairlead demo                 the gateway, and the monitor on this terminal
            fairlead demo --no-monitor    it says where to look, and runs until Control-C

            The usual ports are taken where they are free, others where they are not. Nothing is \
            kept. Everything that it says is marked SIMULATED.
            """)

    @Flag(inversion: .prefixedNo, help: "Show it on this terminal.")
    var monitor = true

    func run() throws {
        var fault: (any Error)?
        Reactor.main { reactor in
            do {
                try start(on: reactor)
            } catch {
                fault = error
                reactor.later { reactor.stop() }
            }
        }
        if let fault { throw ExitStatus(of: fault).error("\(fault)") }
    }

    private func start(on reactor: Reactor) throws {
        var plan = GatewayPlan()
        plan.sources = ["simulate:speed=8:noise=2"]
        plan.outlets = OutletTable.usual(state: nil).filter { $0.kind != "pty" }.map { usual in
            var outlet = usual
            outlet.place = free(usual.place, on: reactor)
            return outlet
        }
        reactor.log = { level, text in if level >= .warning { note(text) } }
        let gateway = try Gateway(plan, on: reactor)
        for opening in gateway.openings { note(opening) }
        reactor.add(to: .beforeShutDown) { _, done in withExtendedLifetime(gateway) { done() } }
        guard monitor, MonitorTerminal.isPossible(reactor.kernel),
            let web = plan.outlets?.first(where: { $0.kind == "web" }),
            let port = Self.port(of: web.place), let url = HTTPURL("http://127.0.0.1:\(port)")
        else { return }
        // What is logged would stand in the picture.
        reactor.log = { _, _ in }
        _ = try MonitorTerminal(url, on: reactor)
    }

    /// The same place, or one with a free port where somebody has it.
    private func free(_ place: String, on reactor: Reactor) -> String {
        guard let port = Self.port(of: place) else { return place }
        for candidate in [port, 0] {
            let address = SocketAddress.ipv4(.loopback, port: candidate)
            let probe = try? reactor.listenTCP(on: address) { _ in nil }
            guard let probe else { continue }
            defer { probe.stop() }
            guard let own = probe.localAddress.socketAddress?.port else { continue }
            return "tcp:\(own):interface=127.0.0.1"
        }
        return place
    }

    private static func port(of place: String) -> UInt16? {
        let parts = place.split(separator: ":")
        return parts.count > 1 ? UInt16(parts[1]) : nil
    }
}

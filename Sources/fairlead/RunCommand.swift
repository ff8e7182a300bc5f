import ArgumentParser
import FairleadEngine
import FairleadGateway

/// `fairlead run`: the gateway, until it is told to stop.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Attaches receivers and serves what they say.",
        discussion: """
            Without sources it takes every receiver that there is, now and later, or a simulated \
            one where there is none; without outlets it opens the usual ones, on this machine only.

            SOURCES
              serial:auto                      every receiver, now and later
              serial:/dev/ttyUSB0[:baud=4800]  one device; its speed is found out unless given
              tcp:HOST:PORT  udp:PORT          sentences from the network
              gpsd:HOST[:PORT]                 what another gpsd hears
              file:LOG[:rate=480:repeat=1]     a log
              simulate:[rate=10:speed=5]       a receiver that is made up
            OUTLETS
              nmea=tcp:10110:interface=127.0.0.1   the sentences as they come
              nmea=udp:255.255.255.255:10110:broadcast=1
              gpsd=tcp:2947:interface=127.0.0.1    gpsd's protocol for cgps, xgps, gpspipe …
              pty=/tmp/gps                         for programs that know only serial receivers
            EXAMPLES
              fairlead run
              fairlead run --source serial:/dev/ttyUSB0 --outlet gpsd=tcp:2947
            """)

    @Option(help: "A receiver, as an endpoint; may be repeated.")
    var source: [String] = []

    @Option(help: "KIND=ENDPOINT, where it is served; may be repeated.")
    var outlet: [String] = []

    @Option(help: "A device that comes before all others for the position; may be repeated.")
    var prefer: [String] = []

    @Option(help: "The file in which the speeds of devices are remembered.")
    var speeds: String?

    func run() throws {
        var plan = GatewayPlan()
        plan.sources = source
        plan.outlets = outlet.isEmpty ? nil : try OutletPlan.all(outlet)
        plan.preferred = prefer
        plan.speeds = speeds
        Reactor.main { reactor in
            reactor.log = { level, text in if level >= .info { note(text) } }
            let gateway = try Gateway(plan, on: reactor)
            for opening in gateway.openings { note(opening) }
            let notification = ServiceNotification(on: reactor)
            notification?.ready(gateway.openings.joined(separator: ", "))
            reactor.add(to: .beforeShutDown) { _, done in
                withExtendedLifetime((gateway, notification)) { done() }
            }
        }
    }
}

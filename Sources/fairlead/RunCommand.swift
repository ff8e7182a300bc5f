import ArgumentParser
import FairleadConfiguration
import FairleadEngine
import FairleadObservability
import Logging
import ServiceLifecycle

/// `fairlead run`: the gateway, until it is told to stop.
struct RunCommand: AsyncParsableCommand {
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
              simulate:[speed=5:rate=1:noise=1:satellites=12:route=51.9,4.48;51.92,4.5]
            OUTLETS
              nmea=tcp:10110:interface=127.0.0.1   the sentences as they come
              nmea=udp:255.255.255.255:10110:broadcast=1
              gpsd=tcp:2947:interface=127.0.0.1    gpsd's protocol for cgps, xgps, gpspipe …
              web=tcp:8080:interface=127.0.0.1     positions over HTTP
              irc=tcp:6667:interface=127.0.0.1     an IRC server with a bot in #gps
              bot=#gps@tcp:irc.example.net:6667    a bot on a network of somebody else's
              pty=/tmp/gps                         for programs that know only serial receivers
            EXAMPLES
              fairlead run
              fairlead run --source serial:/dev/ttyUSB0 --outlet gpsd=tcp:2947
              fairlead run --config /etc/fairlead.yaml; kill -HUP reads it again
            """)

    @OptionGroup var options: GatewayOptions

    func run() async throws {
        let configuration: Configuration
        do throws(CommandFault) {
            configuration = try options.configuration()
        } catch {
            throw error.said()
        }
        GatewayLog.bootstrap(configuration)
        // What swift-service-lifecycle says of itself is of no use to whoever runs a gateway.
        var quiet = GatewayLog.logger(configuration)
        quiet.logLevel = .critical
        let registry = PrometheusRegistry()
        let service = GatewayService(
            options: options, configuration: configuration, registry: registry)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(
                        service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
        do {
            try await group.run()
        } catch {
            throw ExitStatus(of: error).error("\(error)")
        }
    }
}

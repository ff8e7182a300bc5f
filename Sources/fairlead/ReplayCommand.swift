import ArgumentParser
import FairleadEngine
import FairleadGateway
import FairleadWire

/// `fairlead replay`: a log as if a receiver said it now.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Says a log again, in the log's own time.",
        discussion: """
            fairlead replay trip.nmea --to pty:/tmp/gps0            a device for other programs
            fairlead replay trip.nmea --to tcp:10110 --speed 10     ten times as fast
            fairlead replay trip.nmea --to udp:192.0.2.255:10110:broadcast=1 --repeat
            fairlead replay trip.nmea --to serial:/dev/ttyUSB1:baud=4800

            UDP and serial lines are sent to; everything else is served, to any number of clients, \
            and begins with the first of them. A client that is slow is waited for.
            """)

    @Argument(help: "The log.", completion: .file())
    var file: String

    @Option(help: "Where it is said: an endpoint.")
    var to: String = "stdio:"

    @Option(help: "How many times as fast as it was recorded; 0: as fast as it goes.")
    var speed: Double = 1

    @Flag(name: .customLong("repeat"), help: "From the beginning again, for ever.")
    var repeats = false

    @Option(help: "Seconds of a silence at most.")
    var longestPause: Int = 10

    func run() throws {
        guard speed >= 0, speed <= 1_000_000, longestPause >= 0 else {
            throw ExitStatus.usage.error("speed: expected a number from 0 to 1000000")
        }
        let pacer = ReplayPacer(
            speed: speed == 0 ? nil : speed, longestPause: .seconds(longestPause))
        var fault: (any Error)?
        do {
            let log = try Endpoints.standard.client(
                "file:\(EndpointString.escape(file)):repeat=\(repeats ? 1 : 0)")
            let replay = Replay(log, pacer)
            let place = try ReplayPlace(to)
            Reactor.main { reactor in
                do {
                    try replay.start(place, on: reactor) { error in
                        fault = error
                        // It may fail before the reactor turns.
                        reactor.later { reactor.stop() }
                    }
                } catch {
                    fault = error
                    reactor.later { reactor.stop() }
                }
            }
        } catch {
            throw ExitStatus.usage.error("\(error)")
        }
        switch fault {
        case nil: return
        case let fault as ReplayFault: throw ExitStatus.noInput.error("\(file): \(fault.cause)")
        case let fault?: throw ExitStatus(of: fault).error("\(to): \(fault)")
        }
    }
}

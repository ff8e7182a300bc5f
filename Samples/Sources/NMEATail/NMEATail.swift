// Prints where a receiver is: NMEATail ENDPOINT, for example serial:/dev/ttyUSB0:baud=4800,
// tcp:gateway:10110, udp:10110, file:log.nmea or stdio:. A link that is lost is made again.
import FairleadEngine
import FairleadNMEA
import FairleadNMEAWire
import Glibc

final class Tail: PositioningReceiver {
    func positionReceived(_ fix: Fix) {
        guard let place = fix.position else { return }
        var line = "\(fix.utc.map(\.description) ?? "no date") \(fix.mode) \(place)"
        if let altitude = fix.altitude { line += " \(rounded(altitude)) m" }
        if let speed = fix.speed { line += " \(rounded(speed)) m/s" }
        if let course = fix.course { line += " \(rounded(course))°" }
        if let error = fix.errors?.horizontal { line += " ±\(rounded(error)) m" }
        if let used = fix.satellitesUsed { line += " \(used) satellites" }
        show(fix.isAmended ? line + " (amended)" : line)
    }

    func fixMissing(_ fix: Fix) { show("no fix") }

    func deviceIdentified(_ identity: ReceiverIdentity) {
        let known = [identity.vendor, identity.product, identity.firmware, identity.text]
        show("device: \(known.compactMap { $0 }.joined(separator: ", "))")
    }

    private func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }
}

/// Prints at once, in a pipe too.
func show(_ line: String) {
    print(line)
    fflush(nil)
}

@main
enum NMEATail {
    static func main() {
        let source = CommandLine.arguments.dropFirst().first ?? "serial:/dev/ttyUSB0:baud=4800"
        Reactor.main { reactor in
            let endpoint = try Endpoints.standard.client(source)
            let link = Reconnecting(endpoint, on: reactor) { _ in NMEAProtocol(to: Tail()) }
            link.failed = { reason, _ in
                show("\(source): \(reason)")
                // A file that was read to its end is done.
                if source.hasPrefix("file:") || source == "stdio:" { reactor.stop() }
            }
            link.start()
        }
    }
}

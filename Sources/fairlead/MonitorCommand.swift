import ArgumentParser
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire

/// `fairlead monitor`: a running gateway, on a terminal.
struct MonitorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Shows what a running gateway hears: fix, satellites, devices.",
        discussion: """
            fairlead monitor                            the gateway on this machine
            fairlead monitor http://boat.local:8080     another one, whose web outlet names it
            fairlead monitor | cut -d' ' -f1-3          a line for each position, without a terminal

            Keys: q quit, d device, u units, f format of the position, s order of the satellites, \
            ? help. A gateway that is gone is waited for. NO_COLOR is respected.
            """)

    @Argument(help: "The gateway's web outlet.")
    var url = "http://127.0.0.1:8080"

    func run() throws {
        guard let address = HTTPURL(url) else {
            throw ExitStatus.usage.error("\"\(url)\": expected a URL such as http://127.0.0.1:8080")
        }
        let kernel = PosixKernel()
        if kernel.windowSize(of: 1) == nil { return Reactor.main { print(address, on: $0) } }
        guard MonitorTerminal.isPossible(kernel) else {
            throw ExitStatus.unavailable.error(
                "expected a terminal that can place its cursor; TERM says it cannot")
        }
        Reactor.main { reactor in
            // What is logged would stand in the picture.
            reactor.log = { _, _ in }
            _ = try MonitorTerminal(address, on: reactor)
        }
    }

    /// A line for each position.
    private func print(_ url: HTTPURL, on reactor: Reactor) {
        let text = "\(url)"
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let events = HTTPURL("\(base)/v1/events") else { return }
        let source = EventSource(HTTPClient(on: reactor), events)
        source.onEvent = { event in
            guard event.name == "chosen", let fix = try? JSONParser().parse(event.data) else {
                return
            }
            let numbers = ["latitude", "longitude", "altitude", "speed", "course"].map { name in
                fix[name]?.number.map { "\($0)" } ?? "-"
            }
            let words = [fix["time"]?.string ?? "-"] + numbers + [fix["quality"]?.string ?? "-"]
            say(words.joined(separator: " "))
        }
        reactor.add(to: .beforeShutDown) { _, done in
            source.close()
            done()
        }
    }
}

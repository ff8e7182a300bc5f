import ArgumentParser
import FairleadEngine
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire

/// `fairlead decode`: a log to JSON lines.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Turns NMEA sentences into JSON lines.",
        discussion: """
            fairlead decode log.nmea | jq -c 'select(.event == "position") | .latitude'
            cat /dev/ttyUSB0 | fairlead decode -

            One line for each epoch, sky, heading and identity; the last line has the counts: what \
            was read, and what could not be, by its cause.
            """)

    @Argument(help: "A file, or - for standard input.")
    var file: String

    func run() throws {
        let source = file == "-" ? "stdio:" : "file:\(EndpointString.escape(file))"
        let endpoint = try Endpoints.standard.client(source)
        var failure: ConnectError?
        Reactor.main { reactor in
            // A log is read as fast as it goes, and nothing else waits for the loop.
            reactor.log = { level, text in if level >= .error { note(text) } }
            let lines = JSONLines()
            let log = NMEAProtocol(to: lines)
            let progress = DecodeProgress(file, on: reactor, log)
            log.ended = { _ in
                lines.finish(log.reader.parser.counts)
                progress.finish(log.reader.parser.counts)
                reactor.stop()
            }
            _ = endpoint.connect(on: reactor) { _ in
                progress
            } completion: { result in
                guard case .failure(let error) = result else { return }
                failure = error
                // It may fail before the reactor turns.
                reactor.later { reactor.stop() }
            }
        }
        if let failure {
            note("\(file): \(failure)")
            throw ExitCode(66)  // EX_NOINPUT of sysexits
        }
    }
}

/// Prints events as JSON, gathered, because a log has very many.
private final class JSONLines: PositioningReceiver {
    private var json = JSONWriter()
    private var lines: [UInt8] = []

    func received(_ event: PositioningEvent) {
        json.removeAll()
        event.write(to: &json)
        add()
    }

    func finish(_ counts: ParserCounts) {
        json.removeAll()
        json.object { json in
            json.member("event", "counts")
            counts.writeMembers(to: &json)
        }
        add()
        flush()
    }

    private func add() {
        lines += json.bytes
        lines.append(0x0A)
        if lines.count > 32 * 1024 { flush() }
    }

    private func flush() {
        print(String(decoding: lines, as: UTF8.self), terminator: "")
        lines.removeAll(keepingCapacity: true)
    }
}

// A log to JSON lines: Decode FILE, or - for standard input. The last line has the counts: what was
// read, and what could not be, by cause.
import FairleadEngine
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire
import Glibc

final class Decoder: PositioningReceiver {
    private var json = JSONWriter()

    func received(_ event: PositioningEvent) {
        json.removeAll()
        event.write(to: &json)
        print(json.text)
    }

    func finish(_ counts: ParserCounts) {
        json.removeAll()
        json.object { json in
            json.member("event", "counts")
            counts.writeMembers(to: &json)
        }
        print(json.text)
    }
}

@main
enum Decode {
    static func main() {
        let file = CommandLine.arguments.dropFirst().first ?? "-"
        let source = file == "-" ? "stdio:" : "file:\(EndpointString.escape(file))"
        Reactor.main { reactor in
            let decoder = Decoder()
            let log = NMEAProtocol(to: decoder)
            log.ended = { _ in
                decoder.finish(log.reader.parser.counts)
                reactor.stop()
            }
            try reactor.connect(source) { _ in
                log
            } completion: { result in
                guard case .failure(let error) = result else { return }
                reactor.log(.error, "\(file): \(error)")
                exit(1)
            }
        }
    }
}

// `MulticastPair receive` prints what is sent to the group; `MulticastPair send words…` sends it.
import FairleadEngine
import FairleadWire

final class Printer: StreamProtocol {
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        print("\(transport.peerAddress): \(String(decoding: bytes))")
    }
}

final class Speaker: StreamProtocol {
    private let words: String
    init(_ words: String) { self.words = words }

    func connectionMade(on transport: any Transport) {
        transport.write(words)
        transport.close()
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {}

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        transport.reactor.stop()
    }
}

@main
enum MulticastPair {
    static func main() {
        let group = "239.255.70.1"
        let arguments = CommandLine.arguments.dropFirst()
        Reactor.main { reactor in
            if arguments.first == "send" {
                let words = arguments.dropFirst().joined(separator: " ")
                try reactor.connect("udp:\(group):10110:via=lo") { _ in Speaker(words) }
            } else {
                try reactor.connect("udp:10110:group=\(group):via=lo") { _ in Printer() }
            }
        }
    }
}

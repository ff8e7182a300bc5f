import FairleadEngine
import FairleadWire

/// A stream protocol that notes its events.
final class NotingProtocol: StreamProtocol {
    var made = 0
    var peers: [String] = []
    var chunks: [String] = []
    var readEnds = 0
    var reasons: [Disconnect] = []
    var transport: (any Transport)?
    var onMade: ((any Transport) throws -> Void)?
    var onReceived: ((any Transport) throws -> Void)?

    var text: String { chunks.joined() }

    func connectionMade(on transport: any Transport) throws {
        made += 1
        peers.append("\(transport.peerAddress)")
        self.transport = transport
        try onMade?(transport)
    }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        chunks.append(String(decoding: bytes))
        try onReceived?(transport)
    }
    func readEnded(on transport: any Transport) {
        readEnds += 1
        transport.close()
    }
    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        reasons.append(reason)
        self.transport = nil
    }
}

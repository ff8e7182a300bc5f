import FairleadEngine
import FairleadWire

/// A protocol that says back what it hears.
final class EchoProtocol: StreamProtocol {
    func received(_ bytes: Span<UInt8>, on transport: any Transport) { transport.write(bytes) }
}

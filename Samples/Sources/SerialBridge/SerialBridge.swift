// A serial device to any number of TCP clients, in both directions. The device may be pulled and
// come back; clients stay. A client that does not read is given the newest bytes and delays nobody.
import FairleadEngine
import FairleadWire

/// What knows the device and the clients.
final class Bridge {
    private var device: (any Transport)?
    private var clients: [ObjectIdentifier: any Transport] = [:]

    /// The device's side.
    final class DeviceSide: StreamProtocol {
        private let bridge: Bridge
        init(_ bridge: Bridge) { self.bridge = bridge }

        func connectionMade(on transport: any Transport) {
            print("device: \(transport.localAddress)")
            bridge.device = transport
        }

        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            let shared = [UInt8](copying: bytes)
            for client in bridge.clients.values { client.write(shared: shared) }
        }

        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            bridge.device = nil
        }
    }

    /// A client's side.
    final class ClientSide: StreamProtocol {
        private let bridge: Bridge
        init(_ bridge: Bridge) { self.bridge = bridge }

        func connectionMade(on transport: any Transport) {
            transport.writeLimits = WriteLimits(maximum: 256 * 1024, policy: .conflate)
            bridge.clients[ObjectIdentifier(transport)] = transport
        }

        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            bridge.device?.write(bytes)
        }

        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            bridge.clients[ObjectIdentifier(transport)] = nil
        }
    }
}

@main
enum SerialBridge {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let device = arguments.first ?? "serial:/dev/ttyUSB0:baud=4800"
        let server = arguments.dropFirst().first ?? "tcp:10110:interface=127.0.0.1"
        let bridge = Bridge()
        Reactor.main { reactor in
            let port = try reactor.listen(server) { _ in Bridge.ClientSide(bridge) }
            print("clients: \(port.localAddress)")
            keep(try Endpoints.standard.client(device), bridge, on: reactor).start()
        }
    }

    /// The link to the device, which is made again whenever it is lost.
    private static func keep(
        _ device: any ClientEndpoint, _ bridge: Bridge, on reactor: Reactor
    ) -> Reconnecting {
        let backOff = BackOff(maximum: .milliseconds(500))
        let link = Reconnecting(device, on: reactor, backOff) { _ in Bridge.DeviceSide(bridge) }
        var lastWords = ""
        link.failed = { reason, _ in
            if "\(reason)" != lastWords { print("device: \(reason)") }
            lastWords = "\(reason)"
        }
        return link
    }
}

import FairleadEngine
import FairleadWire

/// A datagram protocol that notes what happens to it.
final class DatagramRecorder: DatagramProtocol {
    struct Arrival: Equatable {
        let text: String
        let sender: SocketAddress
    }

    struct Failure: Equatable {
        let destination: SocketAddress?
        let error: SystemError
    }

    private(set) var arrivals: [Arrival] = []
    private(set) var failures: [Failure] = []
    private(set) var openedCount = 0
    /// Why the socket is closed; one for each call.
    private(set) var reasons: [Disconnect] = []
    private(set) var lengths: [Int] = []
    var onReceived: ((String, SocketAddress, any DatagramTransport) -> Void)?

    var texts: [String] { arrivals.map(\.text) }

    func transportOpened(_ transport: any DatagramTransport) { openedCount += 1 }

    func received(
        _ bytes: Span<UInt8>, from sender: SocketAddress, on transport: any DatagramTransport
    ) {
        let text = String(decoding: bytes)
        lengths.append(bytes.count)
        arrivals.append(Arrival(text: text, sender: sender))
        onReceived?(text, sender, transport)
    }

    func undeliverable(
        to destination: SocketAddress?, _ error: SystemError, on transport: any DatagramTransport
    ) {
        failures.append(Failure(destination: destination, error: error))
    }

    func transportClosed(_ reason: Disconnect, _ transport: any DatagramTransport) {
        reasons.append(reason)
    }
}

extension DatagramTransport {
    func send(_ text: String, to address: SocketAddress? = nil) throws {
        try send(Array(text.utf8).span, to: address)
    }

    /// The socket's own address.
    var address: SocketAddress? { localAddress.socketAddress }
}

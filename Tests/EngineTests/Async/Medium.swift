import FairleadEngine
import Testing

let loopback = SocketAddress.ipv4(.loopback, port: 0)

/// Both kinds of stream sockets.
enum Medium: CaseIterable, Sendable {
    case tcp
    case unix

    func listen(_ reactor: AsyncReactor, backlog: Int = 64) async throws -> AsyncListener {
        switch self {
        case .tcp: return try await reactor.listenTCP(on: loopback, backlog: backlog)
        case .unix:
            let name = Array("fairlead-async-\(UInt64.random(in: 0 ... .max))".utf8)
            return try await reactor.listenUnix(on: .abstract(name: name), backlog: backlog)
        }
    }
}

extension AsyncReactor {
    /// Connects to where the listener listens.
    func connect(to listener: AsyncListener) async throws -> AsyncConnection {
        let address = try #require(listener.localAddress.socketAddress)
        if let port = address.port {
            return try await connectTCP(to: address.host, port: port)
        }
        return try await connectUnix(to: address)
    }

    /// Both ends of one connection.
    func pair(_ medium: Medium = .tcp) async throws -> (AsyncConnection, AsyncConnection) {
        let listener = try await medium.listen(self)
        let near = try await connect(to: listener)
        let far = try #require(try await listener.accept())
        return (near, far)
    }
}

/// Everything up to the end of the stream.
func readAll(_ connection: AsyncConnection) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in connection { bytes += chunk }
    return bytes
}

/// Bytes in which a lost or moved piece shows: random blocks of 4 KiB, numbered at their start.
func pattern(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    let block = (0..<min(count, 4096)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 4096)
    while bytes.count < count {
        let number = bytes.count / 4096
        bytes += block
        bytes[number * 4096] = UInt8(truncatingIfNeeded: number)
        if block.count > 1 { bytes[number * 4096 + 1] = UInt8(truncatingIfNeeded: number >> 8) }
    }
    return Array(bytes.prefix(count))
}

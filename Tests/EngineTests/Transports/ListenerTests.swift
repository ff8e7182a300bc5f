// Listening over TCP: accepting in batches, running out of descriptors, refusing, stopping at any
// moment, options that accepted connections begin with. What the machine will not do on demand
// is done by a kernel that fails as it is told.
import FairleadEngine
import FairleadWire
import Glibc
import Testing

private let anyPort = SocketAddress.ipv4(.loopback, port: 0)

@Suite struct ListenerTests {
    @Test func connectionsAreAcceptedInBatchesAndCounted() throws {
        var limits = Limits()
        limits.acceptsInARow = 4
        try withRig(limits) { rig in
            var servers: [Recorder] = []
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in
                servers.append(rig.recorder())
                return servers.last
            }
            let clients = try connect(10, to: port, rig)
            var seen = 0
            var batches: [Int] = []
            try rig.run {
                let calls = rig.kernel.calls["accept"] ?? 0
                batches.append(calls - seen)
                seen = calls
                return servers.count == 10 && clients.allSatisfy { $0.isConnected }
            }
            #expect(batches.max() == 4, "\(batches)")
            #expect(port.connectionCount == 10)
            clients[0].transport?.close()
            clients[1].transport?.abort()
            try rig.run { port.connectionCount == 8 }
        }
    }

    private func connect(_ count: Int, to port: any ListeningPort, _ rig: Rig) throws -> [Recorder]
    {
        let number = try port.number
        return (0..<count).map { _ in
            let client = rig.recorder()
            rig.reactor.connectTCP(to: "127.0.0.1", port: number) { _ in client }
            return client
        }
    }

    @Test func withoutDescriptorsPeersAreTurnedAwayAndTheListenerLives() throws {
        try withRig { rig in
            let server = rig.recorder()
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in server }
            // As the system does it: no descriptor, unless one has just been given back.
            var isFull = true
            rig.kernel.onAccept = { [kernel = rig.kernel] listener in
                guard isFull, kernel.calls["accept", default: 0] % 2 == 1 else { return nil }
                return .failure(EMFILE)
            }
            let clients = try connect(3, to: port, rig)
            try rig.run { clients.allSatisfy { $0.lostCount == 1 } }
            #expect(port.connectionCount == 0 && server.madeCount == 0)
            #expect(rig.reactor.census.timers.isEmpty, "it need not rest for that")
            #expect(try rig.turns(20) == 0, "nobody waits: nothing to spin on")
            #expect(rig.log.count == 1, "\(rig.log)")
            #expect(rig.log.first?.contains("EMFILE") == true)
            isFull = false
            let late = try connect(1, to: port, rig)
            try rig.run { late[0].isConnected && server.isConnected }
        }
    }

    @Test func whereNothingHelpsTheListenerRestsAndComesBack() throws {
        try withRig { rig in
            let server = rig.recorder()
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in server }
            rig.kernel.onAccept = { _ in .failure(ENFILE) }
            let clients = try connect(1, to: port, rig)
            // The reserve cannot be taken back either.
            rig.kernel.onSocket = { family, _ in family == .unix ? .failure(ENFILE) : nil }
            try rig.run { clients[0].isConnected }
            try rig.run { (rig.kernel.calls["accept"] ?? 0) >= 2 }
            #expect(try rig.turns(20) == 0, "it rests")
            rig.kernel.onAccept = nil
            rig.kernel.onSocket = nil
            try rig.run { server.isConnected }
        }
    }

    @Test func aListenerThatStopsWhileItRestsLeavesNothing() throws {
        try withRig { rig in
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in nil }
            rig.kernel.onAccept = { _ in .failure(ENOMEM) }
            let clients = try connect(1, to: port, rig)
            try rig.run { (rig.kernel.calls["accept"] ?? 0) >= 2 && clients[0].isConnected }
            port.stop()
            try rig.run { clients[0].lostCount == 1 }
            #expect(rig.reactor.census.isEmpty, "\(rig.reactor.census)")
        }
    }

    @Test(arguments: [ECONNABORTED, EPROTO, ENETDOWN, EPERM, EINTR])
    func theErrorOfOneConnectionIsNotTheListeners(_ code: Int32) throws {
        try withRig { rig in
            let server = rig.recorder()
            let port = try rig.reactor.listenTCP(on: anyPort) { _ in server }
            rig.kernel.onAccept = { [kernel = rig.kernel] _ in
                kernel.calls["accept"] == 1 ? .failure(code) : nil
            }
            _ = try connect(1, to: port, rig)
            try rig.run { server.isConnected }
            #expect(rig.log.isEmpty)
        }
    }

    @Test func aListenerMayStopInItsOwnFactory() throws {
        try withRig { rig in
            let server = rig.recorder()
            var port: (any ListeningPort)?
            let made = try rig.reactor.listenTCP(on: anyPort) { _ in
                port?.stop()
                return server
            }
            port = made
            let clients = try connect(3, to: made, rig)
            // The others were never accepted: they may not even have seen a connection.
            try rig.run { server.isConnected && rig.reactor.census.descriptors == 2 }
            #expect(made.connectionCount == 1, "what it has accepted goes on")
            server.transport?.write("still here")
            try rig.run { clients.contains { $0.text == "still here" } }
            #expect(made.localAddress == .other("closed"))
        }
    }

    @Test func aRefusingFactoryLeavesNoConnection() throws {
        try withRig { rig in
            var lookedAt: [TransportAddress] = []
            let port = try rig.reactor.listenTCP(on: anyPort) { transport in
                lookedAt.append(transport.peerAddress)
                transport.write("not yet a connection")
                return nil
            }
            let clients = try connect(1, to: port, rig)
            try rig.run { lookedAt.count == 1 && port.connectionCount == 0 }
            try rig.run { clients[0].lostCount == 1 || !clients[0].isConnected }
            #expect(lookedAt[0].socketAddress?.host == "127.0.0.1" && clients[0].received.isEmpty)
        }
    }

    @Test func aFactoryThatEndsTheTransportItselfStartsNothing() throws {
        try withRig { rig in
            let server = rig.recorder()
            var calls = 0
            let port = try rig.reactor.listenTCP(on: anyPort) { transport in
                calls += 1
                transport.close()
                return server
            }
            _ = try connect(1, to: port, rig)
            try rig.run { calls == 1 }
            try rig.turns(3)
            #expect(server.events.isEmpty && port.connectionCount == 0)
        }
    }

    @Test func acceptedConnectionsBeginWithTheOptionsOfTheirListener() throws {
        try withRig { rig in
            let plain = try rig.tcpPair()
            let server = try #require(plain.server.transport as? any TCPTransport)
            #expect(server.noDelay && server.keepAlive == nil)
            var options = ListenOptions()
            options.noDelay = false
            options.keepAlive = KeepAlive(idle: 7, interval: 3, count: 2)
            options.receiveBuffer = 20_000
            options.sendBuffer = 30_000
            let tuned = try rig.tcpPair(options)
            let other = try #require(tuned.server.transport as? any TCPTransport)
            #expect(!other.noDelay)
            #expect(other.keepAlive == KeepAlive(idle: 7, interval: 3, count: 2))
            // Linux doubles what it is asked for, for its own bookkeeping.
            #expect(other.option(.receiveBuffer) == 40_000 && other.option(.sendBuffer) == 60_000)
        }
    }

    @Test func optionsOfALiveConnectionCanBeReadAndSet() throws {
        try withRig { rig in
            var options = ConnectOptions()
            options.noDelay = false
            options.keepAlive = KeepAlive(idle: 11, interval: 12, count: 13)
            let pair = try rig.tcpPair(ListenOptions(), options)
            let transport = try #require(pair.client.transport as? any TCPTransport)
            #expect(!transport.noDelay)
            #expect(transport.keepAlive == KeepAlive(idle: 11, interval: 12, count: 13))
            transport.noDelay = true
            transport.keepAlive = KeepAlive(idle: 0, interval: 100_000, count: 5)
            #expect(transport.noDelay)
            #expect(transport.keepAlive == KeepAlive(idle: 1, interval: 32767, count: 5))
            transport.keepAlive = nil
            #expect(transport.keepAlive == nil)
            try transport.setOption(.sendBuffer, to: 50_000)
            #expect(transport.option(.sendBuffer) == 100_000)
            transport.close()
            #expect(transport.option(.sendBuffer) == nil && transport.keepAlive == nil)
        }
    }

    @Test func aPortIsTakenUnlessBothShareIt() throws {
        try withRig { rig in
            var shared = ListenOptions()
            shared.reusePort = true
            let first = try rig.reactor.listenTCP(on: anyPort, shared) { _ in nil }
            let address = try #require(first.localAddress.socketAddress)
            let second = try rig.reactor.listenTCP(on: address, shared) { _ in nil }
            #expect(second.localAddress == first.localAddress)
            let error = #expect(throws: SystemError.self) {
                try rig.reactor.listenTCP(on: address) { _ in nil }
            }
            #expect(error == SystemError(EADDRINUSE, "bind \(address)"))
        }
    }

    @Test(arguments: [true, false])
    func anIPv6PortTakesIPv4PeersWhenAskedTo(_ dualStack: Bool) throws {
        try withRig { rig in
            var options = ListenOptions()
            options.dualStack = dualStack
            let server = rig.recorder()
            let port = try rig.reactor.listenTCP(on: .ipv6(.any, port: 0), options) { _ in server }
            let client = rig.recorder()
            var failure: ConnectError?
            rig.reactor.connectTCP(to: "127.0.0.1", port: try port.number) { _ in
                client
            } completion: {
                if case .failure(let error) = $0 { failure = error }
            }
            try rig.run { client.isConnected && server.isConnected || failure != nil }
            #expect(client.isConnected == dualStack)
            let peer = server.transport?.peerAddress.socketAddress
            #expect(peer?.host == (dualStack ? "::ffff:127.0.0.1" : nil))
        }
    }

    @Test func anIPv6ConnectionKnowsBothItsAddresses() throws {
        try withRig { rig in
            let server = rig.recorder()
            let client = rig.recorder()
            let port = try rig.reactor.listenTCP(on: .ipv6(.loopback, port: 0)) { _ in server }
            rig.reactor.connectTCP(to: "::1", port: try port.number) { _ in client }
            try rig.run { client.isConnected && server.isConnected }
            #expect(client.transport?.peerAddress == port.localAddress)
            #expect(client.transport?.localAddress == server.transport?.peerAddress)
            let transport = client.transport
            transport?.close()
            #expect(transport?.localAddress == .other("closed"))
        }
    }

    @Test func aListenerThatCannotBeWatchedLeavesNothing() throws {
        try withRig { rig in
            rig.kernel.onAdd = { _ in SystemError(ENOSPC, "epoll_ctl") }
            #expect(throws: SystemError(ENOSPC, "epoll_ctl")) {
                try rig.reactor.listenTCP(on: anyPort) { _ in nil }
            }
            rig.kernel.onAdd = nil
            #expect(rig.reactor.census.isEmpty)
        }
    }
}

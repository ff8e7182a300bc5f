// Datagrams over IPv4 and IPv6: connected or not, broadcast, multicast, refusals by ICMP, what is
// too long and what there is no room for. Loopback only. Datagrams may be lost there too, so no
// test counts on more than one that was seen to arrive.
import FairleadEngine
import FairleadWire
import Foundation
import Testing

private let anyPort = SocketAddress.ipv4(.loopback, port: 0)
private let six = SocketAddress.ipv6(.loopback, port: 0)

@Suite struct UDPTests {
    /// An address on which nobody receives.
    private func freeAddress(_ rig: Rig, _ family: SocketAddress = anyPort) throws -> SocketAddress
    {
        let socket = try rig.reactor.openDatagram(on: family, DatagramRecorder())
        defer { socket.close() }
        return try #require(socket.address)
    }

    @Test(arguments: [anyPort, six])
    func datagramsArriveWholeWithTheirSender(_ address: SocketAddress) throws {
        try withRig { rig in
            let left = DatagramRecorder()
            let right = DatagramRecorder()
            let one = try rig.reactor.openDatagram(on: address, left)
            let other = try rig.reactor.openDatagram(on: address, right)
            right.onReceived = { text, sender, transport in
                try? transport.send("re: " + text, to: sender)
            }
            try one.send("ping", to: other.address)
            try one.send("", to: other.address)
            try rig.run { left.arrivals.count == 2 }
            let sender = try #require(one.address)
            #expect(right.arrivals.map(\.sender) == [sender, sender])
            #expect(right.texts == ["ping", ""] && left.texts == ["re: ping", "re: "])
            #expect(left.openedCount == 1 && one.peer == nil)
        }
    }

    @Test func aConnectedSocketHearsItsPeerOnly() throws {
        try withRig { rig in
            let server = DatagramRecorder()
            let client = DatagramRecorder()
            let peer = try rig.reactor.openDatagram(on: anyPort, server)
            let stranger = try rig.reactor.openDatagram(on: anyPort, DatagramRecorder())
            var options = DatagramOptions()
            options.peer = peer.address
            let socket = try rig.reactor.openDatagram(on: anyPort, options, client)
            #expect(socket.peer == peer.address)
            try stranger.send("not for you", to: socket.address)
            try peer.send("for you", to: socket.address)
            try socket.send("without an address")
            try rig.run { client.arrivals.count == 1 && server.arrivals.count == 1 }
            #expect(client.texts == ["for you"] && server.texts == ["without an address"])
        }
    }

    @Test(arguments: [anyPort, six], [true, false])
    func aRefusalIsReportedOnceWithItsDestination(_ family: SocketAddress, _ connected: Bool) throws
    {
        try withRig { rig in
            let nobody = try freeAddress(rig, family)
            let recorder = DatagramRecorder()
            let socket = try rig.reactor.openDatagram(on: family, recorder)
            if connected { try socket.connect(to: nobody) }
            try socket.send("anyone?", to: connected ? nil : nobody)
            try rig.run { !recorder.failures.isEmpty }
            #expect(try rig.turns(20) == 0, "a report that was read is not an event any more")
            let failure = DatagramRecorder.Failure(
                destination: nobody, error: SystemError(ECONNREFUSED, "send"))
            #expect(recorder.failures == [failure])
        }
    }

    @Test func aRefusalOfOneDatagramDoesNotStopTheNext() throws {
        try withRig { rig in
            let nobody = try freeAddress(rig)
            let recorder = DatagramRecorder()
            let receiver = DatagramRecorder()
            let socket = try rig.reactor.openDatagram(on: anyPort, recorder)
            let peer = try rig.reactor.openDatagram(on: anyPort, receiver)
            for number in 1...5 {
                try socket.send("lost", to: nobody)
                try socket.send("kept \(number)", to: peer.address)
            }
            try rig.run { receiver.arrivals.count == 5 && recorder.failures.count == 5 }
            #expect(receiver.texts == (1...5).map { "kept \($0)" })
            #expect(recorder.reasons.isEmpty && socket.droppedCount == 0)
        }
    }

    @Test func aDatagramThatIsTooLongIsAnErrorAtOnceAndNotTwice() throws {
        try withRig { rig in
            let recorder = DatagramRecorder()
            let socket = try rig.reactor.openDatagram(on: anyPort, recorder)
            for size in [65_508, 65_530, 70_000] {
                let bytes = [UInt8](repeating: 1, count: size)
                #expect(throws: SystemError(EMSGSIZE, "send")) {
                    try socket.send(bytes.span, to: socket.address)
                }
            }
            let longest = [UInt8](repeating: 1, count: 65_507)
            try socket.send(longest.span, to: socket.address)
            try rig.run { recorder.lengths == [65_507] }
            #expect(recorder.failures.isEmpty)
        }
    }

    @Test func whatTheSystemHasNoRoomForIsDroppedAndCounted() throws {
        try withRig { rig in
            let recorder = DatagramRecorder()
            let socket = try rig.reactor.openDatagram(on: anyPort, recorder)
            for code in [EAGAIN, ENOBUFS, ENOMEM] {
                rig.kernel.onWrite = { _, _ in .failure(code) }
                try socket.send("x", to: socket.address)
            }
            rig.kernel.onWrite = { _, _ in .failure(ENETUNREACH) }
            #expect(throws: SystemError(ENETUNREACH, "send")) {
                try socket.send("x", to: socket.address)
            }
            #expect(socket.droppedCount == 3)
        }
    }

    @Test func broadcastNeedsPermission() throws {
        try withRig { rig in
            let recorder = DatagramRecorder()
            let broadcast = try #require(IPv4Address("127.255.255.255"))
            let socket = try rig.reactor.openDatagram(on: .ipv4(.any, port: 0), recorder)
            let target = SocketAddress.ipv4(broadcast, port: socket.address?.port ?? 0)
            #expect(throws: SystemError(EACCES, "send")) { try socket.send("all", to: target) }
            try socket.setOption(.broadcast, to: 1)
            try socket.send("all", to: target)
            try rig.run { recorder.texts == ["all"] }
            var options = DatagramOptions()
            options.broadcast = true
            let other = try rig.reactor.openDatagram(on: .ipv4(.any, port: 0), options, recorder)
            try other.send("again", to: target)
            try rig.run { recorder.texts == ["all", "again"] }
        }
    }

    @Test func aGroupIsHeardFromJoiningToLeaving() throws {
        try withRig { rig in
            let member = DatagramRecorder()
            let receiver = try rig.reactor.openDatagram(on: .ipv4(.any, port: 0), member)
            let sender = try rig.reactor.openDatagram(on: .ipv4(.any, port: 0), DatagramRecorder())
            let port = receiver.address?.port ?? 0
            let group = try #require(SocketAddress(literal: "239.5.5.5", port: port))
            try sender.setMulticastInterface("lo")
            try sender.setOption(.multicastLoop, to: 1)
            try sender.setOption(.multicastHops, to: 0)
            try sender.send("too early", to: group)
            try receiver.join(group, interface: "lo")
            try sender.send("to all members", to: group)
            try rig.run { member.arrivals.count == 1 }
            try receiver.leave(group, interface: "lo")
            try sender.send("too late", to: group)
            try sender.send("directly", to: .ipv4(.loopback, port: port))
            try rig.run { member.arrivals.count == 2 }
            #expect(member.texts == ["to all members", "directly"])
        }
    }

    /// IPv6 has no route for groups on the loopback interface: the system's own list is asked.
    @Test func anIPv6GroupIsJoinedAndLeft() throws {
        func isMember() throws -> Bool {
            let list = try String(contentsOfFile: "/proc/net/igmp6", encoding: .utf8)
            return list.contains("ff0200000000000000000000fa1e0ead")
        }
        try withRig { rig in
            let socket = try rig.reactor.openDatagram(on: .ipv6(.any, port: 0), DatagramRecorder())
            let group = try #require(SocketAddress(literal: "ff02::fa1e:ead", port: 1))
            try socket.join(group, interface: "lo")
            #expect(try isMember())
            try socket.leave(group, interface: "lo")
            #expect(try !isMember())
            for option in [SocketOption.multicastLoop, .multicastHops] {
                try socket.setOption(option, to: 1)
            }
            try socket.setMulticastInterface("lo")
        }
    }

    @Test func whatCannotBeJoinedIsAnErrorThatSaysSo() throws {
        try withRig { rig in
            let socket = try rig.reactor.openDatagram(on: anyPort, DatagramRecorder())
            let group = try #require(SocketAddress(literal: "239.5.5.5", port: 1))
            #expect(throws: SystemError(ENODEV, "interface nosuch0")) {
                try socket.join(group, interface: "nosuch0")
            }
            #expect(throws: SystemError(EADDRNOTAVAIL, "leave 239.5.5.5")) {
                try socket.leave(group, interface: "lo")
            }
            #expect(throws: SystemError(EINVAL, "join 127.0.0.1")) {
                try socket.join(anyPort, interface: "lo")
            }
        }
    }

    @Test(arguments: [true, false])
    func anIPv6SocketHearsIPv4PeersWhenAskedTo(_ dualStack: Bool) throws {
        try withRig { rig in
            var options = DatagramOptions()
            options.dualStack = dualStack
            let recorder = DatagramRecorder()
            let socket = try rig.reactor.openDatagram(on: .ipv6(.any, port: 0), options, recorder)
            let sending = DatagramRecorder()
            let four = try rig.reactor.openDatagram(on: anyPort, sending)
            try four.send("four", to: .ipv4(.loopback, port: socket.address?.port ?? 0))
            try rig.run { recorder.arrivals.count + sending.failures.count == 1 }
            #expect(recorder.texts == (dualStack ? ["four"] : []))
        }
    }

    @Test func aPausedSocketReceivesLater() throws {
        try withRig { rig in
            let recorder = DatagramRecorder()
            let socket = try rig.reactor.openDatagram(on: anyPort, recorder)
            socket.pauseReading()
            try socket.send("later", to: socket.address)
            #expect(try rig.turns(20) == 0)
            #expect(recorder.arrivals.isEmpty)
            socket.resumeReading()
            try rig.run { recorder.texts == ["later"] }
        }
    }

    @Test func aSocketClosedInItsCallbackReceivesNoMoreAndIsClosedOnce() throws {
        try withRig { rig in
            let recorder = DatagramRecorder()
            let socket = try rig.reactor.openDatagram(on: anyPort, recorder)
            recorder.onReceived = { _, _, transport in
                transport.close()
                transport.close()
                #expect(recorder.reasons.isEmpty, "not from inside another callback")
            }
            for _ in 0..<5 { try socket.send("x", to: socket.address) }
            try rig.run { !recorder.reasons.isEmpty }
            try rig.turns(3)
            #expect(recorder.arrivals.count == 1 && recorder.reasons == [.closedByUs])
            #expect(throws: SystemError(EBADF, "send")) { try socket.send("x", to: anyPort) }
        }
    }

    @Test func anAddressInUseIsAnErrorAndLeavesNothing() throws {
        try withRig { rig in
            let first = try rig.reactor.openDatagram(on: anyPort, DatagramRecorder())
            let address = try #require(first.address)
            let second = DatagramRecorder()
            #expect(throws: SystemError(EADDRINUSE, "bind \(address)")) {
                try rig.reactor.openDatagram(on: address, second)
            }
            rig.kernel.onAdd = { _ in SystemError(ENOSPC, "epoll_ctl") }
            #expect(throws: SystemError(ENOSPC, "epoll_ctl")) {
                try rig.reactor.openDatagram(on: anyPort, second)
            }
            rig.kernel.onAdd = nil
            #expect(second.openedCount == 0 && second.reasons.isEmpty)
        }
    }

    @Test func aFloodedSocketLeavesTheOthersTheirTurn() throws {
        var limits = Limits()
        limits.readsInARow = 1
        try withRig(limits) { rig in
            let flooded = DatagramRecorder()
            let socket = try rig.reactor.openDatagram(on: anyPort, flooded)
            for _ in 0..<100 { try socket.send("x", to: socket.address) }
            try rig.turns(1)
            #expect(flooded.arrivals.count == 8)
            try rig.run { flooded.arrivals.count == 100 }
        }
    }
}

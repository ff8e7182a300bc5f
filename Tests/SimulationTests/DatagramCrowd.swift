import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc

/// Datagram sockets that send each other numbered datagrams, any of which may get lost.
final class DatagramCrowd: Inhabitant {
    private final class Member: DatagramProtocol {
        private unowned let crowd: DatagramCrowd
        weak var transport: (any DatagramTransport)?
        var openedCount = 0
        var closedCount = 0
        var isPaused = false
        var heard = 0

        init(_ crowd: DatagramCrowd) {
            self.crowd = crowd
        }

        func transportOpened(_ transport: any DatagramTransport) {
            openedCount += 1
            self.transport = transport
        }

        func received(
            _ bytes: Span<UInt8>, from sender: SocketAddress, on transport: any DatagramTransport
        ) {
            heard += 1
            let world = crowd.world
            world.require(openedCount == 1 && closedCount == 0, "a datagram outside of its time")
            world.require(!isPaused, "a datagram while paused")
            // The first byte tells how many follow, within what the buffer holds.
            let size = bytes.count
            let announced = size > 0 ? Int(bytes[0]) + 1 : 0
            world.require(
                size == min(announced, world.reactor.limits.readBuffer), "a datagram was cut")
            if !world.isCalm, world.dice.chance(0.1) { pause(transport) }
            if !world.isCalm, world.dice.chance(0.02) { transport.close() }
        }

        private func pause(_ transport: any DatagramTransport) {
            isPaused = true
            transport.pauseReading()
            crowd.world.after(.milliseconds(5)) { [weak self] in
                self?.isPaused = false
                self?.transport?.resumeReading()
            }
        }

        func undeliverable(
            to destination: SocketAddress?, _ error: SystemError,
            on transport: any DatagramTransport
        ) {
            crowd.world.require(closedCount == 0, "undeliverable after the end")
        }

        func transportClosed(_ reason: Disconnect, _ transport: any DatagramTransport) {
            closedCount += 1
            crowd.world.require(openedCount == 1 && closedCount == 1, "a socket closed twice")
        }
    }

    fileprivate unowned let world: World
    private var members: [Member] = []
    private var timer: Timer?
    private var closedPort: SocketAddress?

    init(_ world: World) {
        self.world = world
        world.watch(self, "the datagram sockets")
    }

    func begin() {
        for _ in 0..<3 { open() }
        timer = world.reactor.every(.milliseconds(9)) { [unowned self] in act() }
    }

    private func open() {
        let member = Member(self)
        let before = world.kernel.openDescriptors
        do {
            _ = try world.reactor.openDatagram(
                on: .ipv4(.loopback, port: 0), DatagramOptions(), member)
            members.append(member)
            world.watch(member, "a datagram socket's protocol")
        } catch {
            world.require(
                world.kernel.openDescriptors == before, "a socket that failed left a descriptor")
            world.require(member.openedCount == member.closedCount, "opened, but never closed")
        }
    }

    private func act() {
        if world.isCalm { return }
        if members.count(where: { $0.closedCount == 0 }) < 3 { open() }
        guard let from = world.dice.pick(members)?.transport,
            let target = world.dice.pick(members)?.transport?.localAddress.socketAddress
                ?? closedPort
        else { return }
        closedPort = target
        send(from, to: target)
    }

    private func send(_ transport: any DatagramTransport, to target: SocketAddress) {
        let size = world.dice.pick(0...255)
        let bytes = [UInt8(truncatingIfNeeded: size)] + [UInt8](repeating: 7, count: size)
        do {
            try transport.send(bytes.span, to: target)
        } catch {
            // EBADF: it has closed meanwhile.
            world.require(error.code == EBADF, "a datagram could not be sent: \(error)")
        }
    }

    private var heardBefore: [Int] = []
    private var asked: [Member] = []

    /// From now on nothing gets lost: each socket must hear what is sent to it.
    func calmDown() {
        timer?.cancel()
        world.after(.milliseconds(300)) { [unowned self] in
            asked = members.filter { $0.closedCount == 0 && $0.transport != nil }
            heardBefore = asked.map(\.heard)
            for member in asked {
                guard let transport = member.transport,
                    let own = transport.localAddress.socketAddress
                else { continue }
                send(transport, to: own)
            }
        }
    }

    func checkOrder() {
        for (member, before) in zip(asked, heardBefore) where member.closedCount == 0 {
            world.require(member.heard > before, "a datagram socket hears nothing any more")
        }
    }

    func end() {
        timer?.cancel()
        for member in members { member.transport?.close() }
    }
}

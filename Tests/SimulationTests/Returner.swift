import FairleadEngine
import FairleadEngineTesting
import FairleadWire

/// A client that keeps its connection with `Reconnecting`, stopped and started at whim.
final class Returner: Inhabitant {
    /// An endpoint that is whatever port of the world talks at the time.
    private struct Endpoint: ClientEndpoint {
        unowned let world: World
        var description: String { "the world's port" }

        func connect(
            on reactor: Reactor, _ factory: @escaping StreamFactory,
            completion: @escaping ConnectCompletion
        ) -> any ConnectAttempt {
            let port = world.ports.first { $0.kind == .talk }?.address.port ?? 1
            var options = ConnectOptions()
            options.timeout = .seconds(2)
            return reactor.connectTCP(
                to: "127.0.0.1", port: port, options, factory, completion: completion)
        }
    }

    private unowned let world: World
    private var client: Reconnecting?
    private var timer: Timer?
    private var current: [Talker] = []

    init(_ world: World) {
        self.world = world
        world.watch(self, "a returner")
    }

    func begin() {
        let backOff = BackOff(initial: .milliseconds(50), maximum: .seconds(1))
        let client = Reconnecting(Endpoint(world: world), on: world.reactor, backOff) {
            [unowned self] _ in talker()
        }
        self.client = client
        world.watch(client, "a Reconnecting")
        client.start()
        timer = world.reactor.every(.milliseconds(60)) { [unowned self] in
            if world.isCalm { return }
            checkThatThereIsOne()
            if world.dice.chance(0.2) {
                client.stop()
                current = []
            }
            if world.dice.chance(0.5) { client.start() }
        }
    }

    private func talker() -> any StreamProtocol {
        let talker = Talker(.client, world)
        talker.isOwned = true
        current.append(talker)
        return talker
    }

    /// However often it is stopped and started: one connection at a time, beside those that
    /// `stop` closes and that still send their queue.
    private func checkThatThereIsOne() {
        current.removeAll { $0.reason != nil }
        let standing = current.count { $0.isMade }
        world.require(standing <= 1, "\(standing) connections of one Reconnecting")
    }

    func calmDown() {
        timer?.cancel()
        client?.start()
    }

    func checkOrder() {
        checkThatThereIsOne()
        world.require(client?.isConnected == true, "Reconnecting is not connected")
    }

    func end() {
        timer?.cancel()
        timer = nil
        client?.stop()
        client = nil
    }
}

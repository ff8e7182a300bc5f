import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc

/// A listening port of a simulated world.
final class Port {
    enum Kind: CaseIterable {
        case talk
        case echo
        case unix
        /// Sends messages under the policies drop and conflate.
        case messages
    }

    let kind: Kind
    let address: SocketAddress
    private let port: any ListeningPort

    /// Nil when the system gave no descriptor.
    init?(_ kind: Kind, _ world: World) {
        self.kind = kind
        let factory: StreamFactory = { [unowned world] _ in
            if world.dice.chance(0.03), !world.isCalm { return nil }
            switch kind {
            case .talk, .unix: return Talker(.server, world)
            case .echo: return Talker(.echo, world)
            case .messages: return MessageSender(world)
            }
        }
        do {
            let local = SocketAddress.ipv4(.loopback, port: 0)
            port =
                kind == .unix
                ? try world.reactor.listenUnix(on: .unix(path: "/run/world"), factory)
                : try world.reactor.listenTCP(on: local, ListenOptions(), factory)
        } catch {
            return nil
        }
        address = port.localAddress.socketAddress ?? .unnamed
        world.watch(port, "the port \(kind)")
    }

    func stop() { port.stop() }
}

/// One attempt to connect in a simulated world.
final class Attempt {
    private(set) var completions = 0
    private(set) var outcome = "nothing yet"
    private(set) var isConnected = false
    private weak var attempt: (any ConnectAttempt)?

    init(_ port: Port, _ world: World) {
        let factory: StreamFactory = { [unowned world] _ in
            if world.dice.chance(0.03), !world.isCalm { return nil }
            return port.kind == .messages
                ? MessageReceiver(world) : Talker(.client, world)
        }
        var options = ConnectOptions()
        options.timeout = .milliseconds(world.dice.pick([300, 3000, 30_000]) ?? 3000)
        if world.isCalm { options.timeout = .seconds(4) }
        let completion: ConnectCompletion = { [unowned self, unowned world] result in
            completions += 1
            switch result {
            case .success:
                isConnected = true
                outcome = "connected"
            case .failure(let error): outcome = "\(error)"
            }
            world.require(completions == 1, "an attempt completed twice: \(outcome)")
        }
        let made = begin(port, world, options, factory, completion)
        attempt = made
        world.watch(made, "an attempt to connect")
    }

    private func begin(
        _ port: Port, _ world: World, _ given: ConnectOptions, _ factory: @escaping StreamFactory,
        _ completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt {
        if port.kind == .unix {
            var options = given
            // A name of its own, so that the server knows who is calling.
            let name = "client \(world.attempts.count) \(world.dice.next())"
            options.bindAddress = .abstract(name: Array(name.utf8))
            return world.reactor.connectUnix(
                to: port.address, options, factory, completion: completion)
        }
        let number = port.address.port ?? 0
        guard world.dice.chance(0.5) else {
            return world.reactor.connectTCP(
                to: "127.0.0.1", port: number, given, factory, completion: completion)
        }
        // By name: an address that never answers, one that refuses, the right one, in any order.
        var addresses = [
            SocketAddress.ipv4(.loopback, port: 0), .ipv4(.broadcast, port: 0),
            .ipv6(.loopback, port: 0),
        ]
        world.dice.shuffle(&addresses)
        world.kernel.blackHoles.insert(.ipv4(.broadcast, port: number))
        world.resolver.hosts["host"] = addresses
        return world.reactor.connectTCP(
            to: "host", port: number, given, factory, completion: completion)
    }

    func cancel() { attempt?.cancel() }
}

// The gateway as a service of swift-service-lifecycle: a reactor on a thread of its own, which
// stops when the group says so. SIGHUP reads the configuration again; what is wrong with it is
// said, and then everything stays as it was.

import FairleadConfiguration
import FairleadEngine
import FairleadObservability
import ServiceLifecycle
import UnixSignals

/// A gateway that runs until it is told to stop.
struct GatewayService: Service {
    let options: GatewayOptions
    let configuration: Configuration
    let registry: PrometheusRegistry

    func run() async throws {
        // Before anything is open: whoever is told that it is ready may send one.
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        let reactor = try await AsyncReactor.start()
        let keeper = GatewayKeeper(reactor.mailbox, registry)
        do {
            try await keeper.open(configuration)
        } catch {
            await reactor.stop()
            throw error
        }
        let reloading = Task { for await _ in hangUps { await reload(keeper) } }
        defer { reloading.cancel() }
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await reactor.waitUntilStopped()
        } onCancelOrGracefulShutdown: {
            reactor.mailbox.post { $0.stop() }
        }
    }

    private func reload(_ keeper: GatewayKeeper) async {
        do throws(CommandFault) {
            await keeper.apply(try options.configuration())
        } catch {
            await keeper.refuse(error.lines)
        }
    }
}

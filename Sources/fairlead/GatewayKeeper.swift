import FairleadConfiguration
import FairleadEngine
import FairleadGateway
import FairleadObservability
import Glibc
import Logging

/// Keeps the gateway on its reactor's thread, for tasks that want something of it.
actor GatewayKeeper: ReactorActor {
    nonisolated let mailbox: Mailbox
    private let registry: PrometheusRegistry
    private var gateway: Gateway?
    private var notification: ServiceNotification?

    init(_ mailbox: Mailbox, _ registry: PrometheusRegistry) {
        self.mailbox = mailbox
        self.registry = registry
    }

    /// Opens and starts everything.
    func open(_ configuration: Configuration) throws {
        guard let reactor else { return }
        log(configuration, on: reactor)
        do throws(SystemError) {
            try DescriptorLimit.raise()
        } catch {
            reactor.log(.warning, "the number of clients stays as limited as it was: \(error)")
        }
        if geteuid() == 0 {
            reactor.log(
                .warning,
                "running as root, which nothing here needs: a member of the group dialout may open "
                    + "receivers; fairlead.service runs as a user of its own")
        }
        var services = GatewayServices()
        services.metricsFactory = registry
        services.metricsText = { [registry] in registry.text() }
        let gateway = try Gateway(configuration.plan, services, on: reactor)
        for opening in gateway.openings { reactor.log(.info, opening) }
        notification = ServiceNotification(on: reactor)
        notification?.ready(gateway.openings.joined(separator: ", "))
        self.gateway = gateway
    }

    /// Becomes what another configuration says.
    func apply(_ configuration: Configuration) {
        guard let gateway, let reactor else { return }
        log(configuration, on: reactor)
        do {
            try gateway.apply(configuration.plan)
            reactor.log(.info, "the configuration is read again")
            for opening in gateway.openings { reactor.log(.info, opening) }
        } catch {
            refuse(["\(error)"])
        }
    }

    /// Says why another configuration cannot be.
    func refuse(_ faults: [String]) {
        for fault in faults { reactor?.log(.error, fault) }
        reactor?.log(.error, "the configuration stays as it was")
    }

    private func log(_ configuration: Configuration, on reactor: Reactor) {
        let logger = GatewayLog.logger(configuration)
        reactor.log = { level, text in logger.log(level: Logger.Level(level), "\(text)") }
    }
}

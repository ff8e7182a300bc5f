// The gateway, put together: sources, the hub, outlets. Whoever starts it says what there is to
// be; faults of what is said are errors at once, faults of the world later are not. A new plan
// changes what differs, and nothing else: whoever is connected to what stays, stays connected.

import FairleadDevices
import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// A gateway on a reactor.
public final class Gateway {
    public let hub: Hub
    /// What it is made of at this time.
    public private(set) var plan: GatewayPlan

    private let monitor: DeviceMonitor
    private let sourceParts: SourceParts
    private let outletParts: OutletParts
    private var sources: [(text: String, source: any Source)] = []
    private var outlets: [(plan: OutletPlan, outlet: any Outlet)] = []
    private var patience: Timer?
    private var isStopped = false

    /// How long receivers may take to show up before a simulated one speaks.
    private static let wait = Duration.seconds(2)
    private static let automatic = "serial:auto"
    private static let simulated = "simulate:"

    /// What is open, for people.
    public var openings: [String] { outlets.map(\.outlet.description) }

    /// Opens all outlets and starts all sources.
    ///
    /// - Throws: an error that names the part of the plan that is wrong, or cannot be opened.
    public init(
        _ plan: GatewayPlan, _ services: GatewayServices = GatewayServices(), on reactor: Reactor
    ) throws {
        self.plan = plan
        let hub = Hub(on: reactor, preferred: plan.preferred)
        self.hub = hub
        monitor = DeviceMonitor(on: reactor)
        if let state = plan.state {
            let made = reactor.kernel.makeFolder(state)
            if !made.isSuccess { reactor.log(.warning, "\(state): \(made); nothing is kept") }
        }
        let speeds = plan.speeds ?? plan.state.map { $0 + "/speeds" }
        sourceParts = SourceParts(
            hub: hub, monitor: monitor, memory: SpeedMemory(file: speeds))
        let metrics = GatewayMetrics(hub, services.metricsFactory)
        outletParts = OutletParts(
            hub: hub, access: AccessControl(state: plan.state, on: reactor), state: plan.state,
            metrics: services.metricsText.map { text in
                {
                    metrics.update(hub.outlets)
                    return text()
                }
            })
        let made = try Self.sources(of: plan).map { ($0, try SourceTable.source($0, sourceParts)) }
        try openOutlets()
        monitor.start()
        for (text, source) in made { start(text, source) }
        if plan.sources.isEmpty { awaitReceiver() }
        reactor.add(to: .beforeShutDown) { [self] _, done in
            stop()
            done()
        }
    }

    /// Whether a plan can be, without opening or starting anything: all of its faults.
    public static func faults(of plan: GatewayPlan) -> [any Error] {
        var faults: [any Error] = []
        for source in plan.sources {
            do { try SourceTable.check(source) } catch { faults.append(error) }
        }
        for outlet in plan.outlets ?? [] {
            do { try OutletTable.check(outlet) } catch { faults.append(error) }
        }
        return faults
    }

    private static func sources(of plan: GatewayPlan) -> [String] {
        plan.sources.isEmpty ? [automatic] : plan.sources
    }

    private func openOutlets() throws {
        if let asked = plan.outlets {
            for outlet in asked { add(outlet, try OutletTable.read(outlet)(outletParts)) }
            return
        }
        for outlet in OutletTable.usual(state: plan.state) { openIfPossible(outlet) }
    }

    /// Of the usual ones, one that cannot be is no reason to be none.
    private func openIfPossible(_ outlet: OutletPlan) {
        do {
            add(outlet, try OutletTable.read(outlet)(outletParts))
        } catch {
            hub.reactor.log(.warning, "\(outlet): \(error)")
        }
    }

    private func add(_ plan: OutletPlan, _ outlet: any Outlet) {
        if let words = Exposure.words(plan) { hub.reactor.log(.warning, words) }
        hub.add(outlet)
        outlets.append((plan, outlet))
    }

    private func start(_ text: String, _ source: any Source) {
        sources.append((text, source))
        source.start()
    }

    /// Where no receiver shows up, a simulated one does.
    private func awaitReceiver() {
        patience = hub.reactor.after(Self.wait) { [weak self] in
            guard let self else { return }
            patience = nil
            if hub.devices.contains(where: { $0.isPresent }) { return }
            hub.reactor.log(.warning, "no receiver found: a SIMULATED one speaks")
            guard let source = try? SourceTable.source(Self.simulated, sourceParts) else { return }
            start(Self.simulated, source)
        }
    }

    // MARK: Another plan

    /// Becomes what another plan says: only what differs is closed, opened, stopped or started.
    ///
    /// An outlet that cannot be opened is logged, and the others are not disturbed.
    /// - Throws: the first fault of the plan; then nothing has changed.
    public func apply(_ new: GatewayPlan) throws {
        if isStopped { return }
        if let fault = Self.faults(of: new).first { throw fault }
        if new.state != plan.state || new.speeds != plan.speeds {
            hub.reactor.log(.warning, "another state folder counts from the next start on")
        }
        plan = new
        hub.prefer(new.preferred)
        let wanted = new.outlets ?? OutletTable.usual(state: new.state)
        for (plan, outlet) in outlets where !wanted.contains(plan) { hub.remove(outlet) }
        outlets.removeAll { !wanted.contains($0.plan) }
        for plan in wanted where !outlets.contains(where: { $0.plan == plan }) {
            openIfPossible(plan)
        }
        try changeSources()
    }

    private func changeSources() throws {
        let wanted = Self.sources(of: plan)
        let keepsSimulated = plan.sources.isEmpty
        for (text, source) in sources where !wanted.contains(text) {
            if keepsSimulated, text == Self.simulated { continue }
            source.stop()
            hub.forget(source: text)
        }
        sources.removeAll { entry in
            !wanted.contains(entry.text) && !(keepsSimulated && entry.text == Self.simulated)
        }
        if !keepsSimulated { patience?.cancel() }
        for text in wanted where !sources.contains(where: { $0.text == text }) {
            start(text, try SourceTable.source(text, sourceParts))
        }
        if keepsSimulated, sources.count == 1 { awaitReceiver() }
    }

    /// Closes everything.
    public func stop() {
        isStopped = true
        patience?.cancel()
        patience = nil
        for (_, source) in sources { source.stop() }
        sources = []
        outlets = []
        monitor.stop()
        hub.stop()
    }
}

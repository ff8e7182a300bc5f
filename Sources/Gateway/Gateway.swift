// The gateway, put together: sources, the hub, outlets. Whoever starts it says what there is to
// be; faults of what is said are errors at once, faults of the world later are not.

import FairleadDevices
import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// What a gateway is made of.
public struct GatewayPlan: Sendable {
    /// Endpoint strings; none: every receiver, or a simulated one where there is none.
    public var sources: [String] = []
    /// `KIND=ENDPOINT`; none: the usual ones, on this machine only.
    public var outlets: [String] = []
    /// The devices that come before all others, the first first.
    public var preferred: [String] = []
    /// The file in which the speeds of devices are remembered.
    public var speeds: String?

    public init() {}
}

/// A gateway on a reactor.
public final class Gateway {
    public let hub: Hub
    /// What is open, for people.
    public private(set) var openings: [String] = []

    private let monitor: DeviceMonitor
    private let parts: SourceParts
    private var sources: [any Source] = []
    private var patience: Timer?

    /// How long receivers may take to show up before a simulated one speaks.
    private static let wait = Duration.seconds(2)

    /// Opens all outlets and starts all sources.
    ///
    /// - Throws: an error that names the part of the plan that is wrong, or cannot be opened.
    public init(_ plan: GatewayPlan, on reactor: Reactor) throws {
        hub = Hub(on: reactor, preferred: plan.preferred)
        monitor = DeviceMonitor(on: reactor)
        parts = SourceParts(
            hub: hub, monitor: monitor, memory: SpeedMemory(file: plan.speeds))
        let named = plan.sources.isEmpty ? ["serial:auto"] : plan.sources
        let made = try named.map { try SourceTable.source($0, parts) }
        try openOutlets(plan)
        monitor.start()
        for source in made { start(source) }
        if plan.sources.isEmpty { awaitReceiver() }
        reactor.add(to: .beforeShutDown) { [self] _, done in
            stop()
            done()
        }
    }

    private func openOutlets(_ plan: GatewayPlan) throws {
        for text in plan.outlets {
            let outlet = try OutletTable.open(text, on: hub)
            hub.add(outlet)
            openings.append(outlet.description)
        }
        guard plan.outlets.isEmpty else { return }
        for kind in OutletTable.kinds {
            guard let usual = kind.usual else { continue }
            // Of the usual ones, one that cannot be is no reason to be none.
            do {
                let outlet = try kind.make(usual, hub)
                hub.add(outlet)
                openings.append(outlet.description)
            } catch {
                hub.reactor.log(.warning, "\(kind.name)=\(usual): \(error)")
            }
        }
    }

    private func start(_ source: any Source) {
        sources.append(source)
        source.start()
    }

    /// Where no receiver shows up, a simulated one does.
    private func awaitReceiver() {
        patience = hub.reactor.after(Self.wait) { [weak self] in
            guard let self else { return }
            patience = nil
            if hub.devices.contains(where: { $0.isPresent }) { return }
            hub.reactor.log(.warning, "no receiver found: a SIMULATED one speaks")
            guard let source = try? SourceTable.source("simulate:", parts) else { return }
            start(source)
        }
    }

    /// Closes everything.
    public func stop() {
        patience?.cancel()
        patience = nil
        for source in sources { source.stop() }
        sources = []
        monitor.stop()
        hub.stop()
    }
}

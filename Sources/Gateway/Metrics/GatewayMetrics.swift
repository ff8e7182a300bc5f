// What the gateway measures, through swift-metrics. Nothing is measured on the way of the data:
// what sources and outlets count anyway is carried over when somebody asks. Labels are the names
// of devices and outlets, of which there are few; a device that is gone takes its series along.

import CoreMetrics
import FairleadNMEAWire
import FairleadWire

/// The metrics of a hub and its outlets.
final class GatewayMetrics {
    private let hub: Hub
    private let factory: any MetricsFactory
    private var devices: [String: Device] = [:]
    private var clients: [String: Meter] = [:]

    init(_ hub: Hub, _ factory: (any MetricsFactory)?) {
        self.hub = hub
        self.factory = factory ?? MetricsSystem.factory
    }

    /// The series of one device.
    private struct Device {
        let isPresent: Meter
        let isChosen: Meter
        let satellitesUsed: Meter
        let satellitesInView: Meter
        let fixMode: Meter
        let silence: Meter
        let sentences: Counter
        let rejected: [(cause: KeyPath<ParserCounts, Int>, counter: Counter)]
        var counts = ParserCounts()

        init(_ name: String, _ factory: any MetricsFactory) {
            func meter(_ label: String) -> Meter {
                Meter(
                    label: "fairlead_device_\(label)", dimensions: [("device", name)],
                    factory: factory)
            }
            isPresent = meter("present")
            isChosen = meter("chosen")
            satellitesUsed = meter("satellites_used")
            satellitesInView = meter("satellites_in_view")
            fixMode = meter("fix_mode")
            silence = meter("silence_seconds")
            sentences = Counter(
                label: "fairlead_sentences_total", dimensions: [("device", name)],
                factory: factory)
            rejected = GatewayMetrics.causes.map { cause, path in
                let labels = [("device", name), ("cause", cause)]
                let counter = Counter(
                    label: "fairlead_rejected_total", dimensions: labels, factory: factory)
                return (path, counter)
            }
        }

        func destroy() {
            for meter in [
                isPresent, isChosen, satellitesUsed, satellitesInView, fixMode, silence,
            ] { meter.destroy() }
            sentences.destroy()
            for (_, counter) in rejected { counter.destroy() }
        }
    }

    private static var causes: [(String, KeyPath<ParserCounts, Int>)] {
        [
            ("badChecksum", \.badChecksum), ("malformed", \.malformed), ("tooLong", \.tooLong),
            ("badTagBlock", \.badTagBlocks), ("notNMEA", \.notNMEA),
        ]
    }

    /// Carries everything over.
    func update(_ outlets: [any Outlet]) {
        let names = Set(hub.devices.map(\.name))
        for (name, device) in devices where !names.contains(name) {
            device.destroy()
            devices[name] = nil
        }
        for device in hub.devices {
            var series = devices[device.name] ?? Device(device.name, factory)
            update(&series, device)
            devices[device.name] = series
        }
        update(clientsOf: outlets)
    }

    private func update(_ series: inout Device, _ device: GatewayDevice) {
        series.isPresent.set(device.isPresent ? 1 : 0)
        series.isChosen.set(device.name == hub.chosenDevice ? 1 : 0)
        series.satellitesUsed.set(device.sky?.used ?? 0)
        series.satellitesInView.set(device.sky?.satellites.count ?? 0)
        series.fixMode.set(device.epoch?.position == nil ? 1 : device.epoch?.mode.rawValue ?? 0)
        if let heard = device.lastHeardInstant {
            series.silence.set(hub.reactor.now.since(heard) / .seconds(1))
        }
        // A receiver that was opened anew may count from the beginning.
        let (new, old) = (device.counts, series.counts)
        series.sentences.increment(by: max(0, new.sentences - old.sentences))
        for (cause, counter) in series.rejected {
            counter.increment(by: max(0, new[keyPath: cause] - old[keyPath: cause]))
        }
        series.counts = new
    }

    private func update(clientsOf outlets: [any Outlet]) {
        let names = Set(outlets.map(\.description))
        for (name, meter) in clients where !names.contains(name) {
            meter.destroy()
            clients[name] = nil
        }
        for outlet in outlets {
            guard let count = outlet.clientCount else { continue }
            let meter =
                clients[outlet.description]
                ?? Meter(
                    label: "fairlead_outlet_clients",
                    dimensions: [("outlet", outlet.description)], factory: factory)
            meter.set(count)
            clients[outlet.description] = meter
        }
    }
}

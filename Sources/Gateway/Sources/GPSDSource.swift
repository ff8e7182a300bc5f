import FairleadEngine
import FairleadGPSD
import FairleadNMEAWire
import FairleadWire

/// `gpsd:HOST:PORT`: what another gpsd hears, each of its devices as one of ours.
final class GPSDSource: Source {
    let description: String
    private let hub: Hub
    private let endpoint: any ClientEndpoint
    private var link: Reconnecting?
    private var lastWords = ""

    /// Its devices are told as they were its own.
    private final class Ear: PositioningReceiver {
        private weak var source: GPSDSource?
        init(_ source: GPSDSource) { self.source = source }
        func received(_ event: PositioningEvent) { source?.received(event) }
    }

    init(_ description: String, _ endpoint: any ClientEndpoint, _ hub: Hub) {
        self.description = description
        self.endpoint = endpoint
        self.hub = hub
    }

    func start() {
        let link = Reconnecting(endpoint, on: hub.reactor, BackOff(maximum: .seconds(10))) {
            [weak self] _ in
            guard let self else { return nil }
            lastWords = ""
            return GPSDClient(to: Ear(self))
        }
        link.failed = { [weak self] reason, _ in self?.failed("\(reason)") }
        link.start()
        self.link = link
    }

    func stop() {
        link?.stop()
        link = nil
    }

    private func received(_ event: PositioningEvent) {
        guard let own = event.device else { return }
        let name = own.isEmpty ? description : "\(description)#\(own)"
        guard let device = hub.device(name, from: description) else { return }
        hub.change(device, isPresent: true, state: "connected")
        hub.received(event.renamed(name), from: device)
    }

    private func failed(_ reason: String) {
        for device in hub.devices where device.source == description {
            hub.change(device, isPresent: false, state: reason)
        }
        if reason != lastWords { hub.reactor.log(.warning, "\(description): \(reason)") }
        lastWords = reason
    }
}

extension PositioningEvent {
    /// The device that it is of; nil for what a gpsd never reports.
    fileprivate var device: String? {
        switch self {
        case .position(let fix), .noFix(let fix), .movement(let fix): fix.device
        case .satellites(let sky): sky.device
        case .heading(let heading): heading.device
        case .time, .identity: nil
        }
    }

    fileprivate func renamed(_ name: String) -> PositioningEvent {
        switch self {
        case .position(var fix):
            fix.device = name
            return .position(fix)
        case .noFix(var fix):
            fix.device = name
            return .noFix(fix)
        case .satellites(var sky):
            sky.device = name
            return .satellites(sky)
        case .heading(var heading):
            heading.device = name
            return .heading(heading)
        default: return self
        }
    }
}

import FairleadEngine
import FairleadGPSD
import FairleadNMEAWire
import FairleadWire

/// `gpsd:HOST:PORT`: what another gpsd hears, each of its devices as one of ours.
final class GPSDSource: Source {
    let description: String
    private let link: SourceLink

    /// Its devices are told as they were its own.
    private final class Ear: PositioningReceiver {
        private let hub: Hub
        private let source: String

        init(_ hub: Hub, _ source: String) {
            self.hub = hub
            self.source = source
        }

        func received(_ event: PositioningEvent) {
            guard let own = event.device else { return }
            let name = own.isEmpty ? source : "\(source)#\(own)"
            guard let device = hub.device(name, from: source) else { return }
            hub.change(device, isPresent: true, state: "connected")
            hub.received(event.renamed(name), from: device)
        }
    }

    init(_ description: String, _ endpoint: any ClientEndpoint, _ hub: Hub) {
        self.description = description
        link = SourceLink(description, endpoint, on: hub.reactor) { reason in
            for device in hub.devices where device.source == description {
                hub.change(device, isPresent: false, state: reason)
            }
        } _: { _ in
            GPSDClient(to: Ear(hub, description))
        }
    }

    func start() { link.start() }
    func stop() { link.stop() }
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

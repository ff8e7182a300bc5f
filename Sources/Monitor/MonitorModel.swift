// What is known of a gateway, from its events and answers. It knows no terminal and no clock:
// whoever shows it says what time it is.

import FairleadNMEAWire
import FairleadWire

/// What the monitor shows.
public struct MonitorModel: Sendable {
    /// How the connection to the gateway stands.
    public enum Link: Hashable, Sendable {
        case connecting
        case connected
        /// Lost; the next attempt comes by itself.
        case lost(String)
    }

    /// A device as the gateway tells of it.
    struct Device: Hashable, Sendable {
        var name: String
        var state: String
        var isPresent: Bool
        var isSimulated: Bool
        var sentences: Int
    }

    /// A satellite in view.
    struct Satellite: Hashable, Sendable {
        var name: String
        var elevation: Int?
        var azimuth: Int?
        var strength: Int?
        var isUsed: Bool
    }

    public var link = Link.connecting
    /// The newest epoch of each device, and "the position" under an empty name.
    private(set) var fixes: [String: JSONValue] = [:]
    private(set) var skies: [String: [Satellite]] = [:]
    private(set) var devices: [Device] = []
    /// When something was heard last.
    private(set) var heard: Instant?
    /// The device that is looked at; empty: the position.
    private(set) var selected = ""

    /// Devices, and satellites of each, that are kept; a gateway has fewer.
    private static let maximum = 64

    public init() {}

    // MARK: What the gateway tells

    /// An event of `/v1/events`.
    public mutating func take(event name: String, _ data: String, at now: Instant) {
        guard let value = try? JSONParser().parse(data) else { return }
        heard = now
        let device = value["device"]?.string ?? ""
        switch name {
        case "chosen": fixes[""] = value
        case "position", "noFix": keep(value, of: device)
        case "satellites": takeSky(value)
        case "device": takeDevice(value)
        default: break
        }
    }

    /// An answer of `/v1/position`, `/v1/satellites` or `/v1/devices`.
    public mutating func take(answer path: String, _ body: String, at now: Instant) {
        guard let value = try? JSONParser().parse(body) else { return }
        heard = now
        switch path {
        case "/v1/position": fixes[""] = value
        case "/v1/satellites": takeSky(value)
        default:
            devices = []
            for device in (value["devices"]?.array ?? []).prefix(Self.maximum) {
                takeDevice(device)
            }
        }
    }

    private mutating func keep(_ fix: JSONValue, of device: String) {
        guard fixes[device] != nil || fixes.count < Self.maximum else { return }
        fixes[device] = fix
    }

    private mutating func takeSky(_ sky: JSONValue) {
        let device = sky["device"]?.string ?? ""
        guard skies[device] != nil || skies.count < Self.maximum else { return }
        skies[device] = (sky["satellites"]?.array ?? []).prefix(Self.maximum).map { one in
            let system = one["constellation"]?.string ?? "?"
            return Satellite(
                name: "\(system) \(one["number"]?.integer ?? 0)",
                elevation: one["elevation"]?.number.flatMap { Int(exactly: $0.rounded()) },
                azimuth: one["azimuth"]?.number.flatMap { Int(exactly: $0.rounded()) },
                strength: one["signals"]?.array?.compactMap { $0["strength"]?.integer }.max(),
                isUsed: one["isUsed"]?.bool ?? false)
        }
    }

    private mutating func takeDevice(_ value: JSONValue) {
        guard let name = value["name"]?.string else { return }
        let device = Device(
            name: name, state: value["state"]?.string ?? "",
            isPresent: value["isPresent"]?.bool ?? false,
            isSimulated: value["isSimulated"]?.bool ?? false,
            sentences: value["counts"]?["sentences"]?.integer ?? 0)
        if let place = devices.firstIndex(where: { $0.name == name }) {
            devices[place] = device
        } else if devices.count < Self.maximum {
            devices.append(device)
        }
    }

    // MARK: What is looked at

    /// The next device, and after the last one the position again.
    public mutating func selectNext() {
        let names = [""] + devices.map(\.name)
        let place = names.firstIndex(of: selected) ?? 0
        selected = names[(place + 1) % names.count]
    }

    /// The device that "the position" is from.
    var chosen: String? { fixes[""]?["device"]?.string }

    var fix: JSONValue? { fixes[selected] }

    /// The device that the shown fix is from.
    var speaker: String { selected.isEmpty ? fix?["device"]?.string ?? "" : selected }

    var sky: [Satellite] { skies[speaker] ?? [] }

    var isSimulated: Bool {
        fix?["quality"]?.string == "simulated"
            || devices.contains { $0.name == speaker && $0.isSimulated }
    }
}

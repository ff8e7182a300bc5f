// The model as lines of text for a size of terminal. Whatever stands in a device's name or text is
// shown and never obeyed: bytes that a terminal takes for commands are written as numbers. What
// does not fit is left out from below and from the right, the fix last.

import FairleadNMEAWire
import FairleadWire

/// Makes the lines of the monitor.
public struct MonitorView {
    /// A line, and how it stands out.
    public struct Line: Hashable, Sendable {
        /// How it stands out; without colours only headings do.
        public enum Style: Hashable, Sendable {
            case plain
            case heading
            case good
            case warning
            case faint
        }
        public var text: String
        public var style: Style

        init(_ text: String, _ style: Style = .plain) {
            (self.text, self.style) = (text, style)
        }
    }

    private let model: MonitorModel
    private let settings: MonitorSettings
    private let columns: Int

    /// The lines for a terminal of so many rows and columns.
    public static func lines(
        _ model: MonitorModel, _ settings: MonitorSettings, rows: Int, columns: Int, now: Instant
    ) -> [Line] {
        let view = MonitorView(model: model, settings: settings, columns: max(columns, 1))
        return view.lines(rows: max(rows, 1), now)
    }

    private func lines(rows: Int, _ now: Instant) -> [Line] {
        let footer = Line(footerText, .faint)
        var top = [heading(now)]
        top += settings.showsHelp ? help : fixLines(now)
        var devices = deviceLines
        // The sky gets what the fix and the devices leave.
        let room = rows - top.count - min(devices.count, 5) - 2
        let sky = settings.showsHelp ? [] : skyLines(max(room, 0))
        devices = Array(devices.prefix(max(rows - top.count - sky.count - 2, 0)))
        var all = top + sky + (devices.isEmpty ? [] : [Line("")]) + devices
        all = Array(all.prefix(rows - 1))
        while all.count < rows - 1 { all.append(Line("")) }
        return (all + [footer]).suffix(rows).map { Line(fitted($0.text), $0.style) }
    }

    /// Cut to the width, with nothing in it that a terminal obeys.
    private func fitted(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return String(result.prefix(columns))
    }

    // MARK: The head

    private func heading(_ now: Instant) -> Line {
        let name = model.selected.isEmpty ? "the position" : model.selected
        let mark = model.isSimulated ? "  SIMULATED" : ""
        let age = model.heard.map { now.since($0) / .seconds(1) }
        let old = age.map { " for \(Int(max($0, 0))) s" } ?? ""
        switch model.link {
        case .connecting: return Line("Fairlead  \(name)\(mark)  connecting …", .warning)
        case .connected: return Line("Fairlead  \(name)\(mark)", .heading)
        case .lost(let why):
            return Line("Fairlead  \(name)\(mark)  no gateway\(old): \(why)", .warning)
        }
    }

    private var footerText: String {
        "q quit  d device  u \(settings.units.rawValue)  f format  s by \(settings.order.rawValue)"
            + "  ? help"
    }

    private var help: [Line] {
        [
            "", "q  quit", "d  the next device; after the last one the position again",
            "u  units: metric, nautical, imperial", "f  degrees; with minutes; with seconds",
            "s  satellites by number, strength or elevation", "?  back", "",
            "● a satellite in use; the bar is its signal's strength in dB",
        ].map { Line($0) }
    }

    // MARK: The fix

    private func fixLines(_ now: Instant) -> [Line] {
        guard let fix = model.fix else { return [Line("nothing has been heard yet", .warning)] }
        var lines = [state(of: fix)]
        if let place = place(fix) { lines.append(Line("Position  \(place)")) }
        let motion = [
            fix["altitude"]?.number.map { "Altitude \(length($0))" },
            fix["speed"]?.number.map { "Speed \(speed($0))" },
            fix["course"]?.number.map { "Course \(number($0, 1))°" },
        ].compactMap { $0 }
        if !motion.isEmpty { lines.append(Line(motion.joined(separator: "   "))) }
        if let accuracy = accuracy(fix) { lines.append(Line(accuracy)) }
        if let time = fix["time"]?.string { lines.append(Line("Time      \(time)")) }
        return lines
    }

    private func state(of fix: JSONValue) -> Line {
        let quality = fix["quality"]?.string ?? ""
        let from = model.selected.isEmpty ? "  from \(model.speaker)" : ""
        guard fix["latitude"]?.number != nil else { return Line("NO FIX\(from)", .warning) }
        let mode = fix["mode"]?.integer == 3 ? "3D fix" : "2D fix"
        return Line("\(mode)  \(quality)\(from)", .good)
    }

    private func place(_ fix: JSONValue) -> String? {
        guard let latitude = fix["latitude"]?.number, let longitude = fix["longitude"]?.number
        else { return nil }
        let place = Coordinate(latitude: latitude, longitude: longitude)
        return place?.text(CoordinateFormat(settings.format))
    }

    private func accuracy(_ fix: JSONValue) -> String? {
        let errors = fix["errors"]
        let dilution = fix["dilution"]
        let parts = [
            errors?["horizontal"]?.number.map { "±\(length($0)) across" },
            errors?["vertical"]?.number.map { "±\(length($0)) up" },
            dilution?["horizontal"]?.number.map { "HDOP \(number($0, 1))" },
            dilution?["vertical"]?.number.map { "VDOP \(number($0, 1))" },
            dilution?["position"]?.number.map { "PDOP \(number($0, 1))" },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : "Error     " + parts.joined(separator: "  ")
    }

    private func length(_ metres: Double) -> String {
        settings.units == .imperial ? "\(number(metres / 0.3048, 0)) ft" : "\(number(metres, 1)) m"
    }

    private func speed(_ metres: Double) -> String {
        switch settings.units {
        case .metric: "\(number(metres * 3.6, 1)) km/h"
        case .nautical: "\(number(metres * 3600 / 1852, 1)) kn"
        case .imperial: "\(number(metres * 3600 / 1609.344, 1)) mph"
        }
    }

    private func number(_ value: Double, _ decimals: Int) -> String {
        var json = JSONWriter()
        json.value(value, decimals: decimals)
        let text = json.text
        guard decimals > 0, !text.contains(".") else { return text }
        return text + "." + String(repeating: "0", count: decimals)
    }

    // MARK: The sky

    private func skyLines(_ room: Int) -> [Line] {
        let sky = ordered(model.sky)
        guard room >= 3, !sky.isEmpty else { return [] }
        let used = sky.count { $0.isUsed }
        var lines = [Line(""), Line("Satellites  \(used) used of \(sky.count)", .heading)]
        let shown = sky.prefix(room - 2)
        lines += shown.map { Line(bar($0), $0.isUsed ? .plain : .faint) }
        if shown.count < sky.count, let last = lines.indices.last {
            lines[last] = Line("… and \(sky.count - shown.count + 1) more", .faint)
        }
        return lines
    }

    private func ordered(_ sky: [MonitorModel.Satellite]) -> [MonitorModel.Satellite] {
        switch settings.order {
        case .number: sky
        case .strength: sky.sorted { $0.strength ?? -1 > $1.strength ?? -1 }
        case .elevation: sky.sorted { $0.elevation ?? -1 > $1.elevation ?? -1 }
        }
    }

    /// `GPS 12     ● ██████████ 42 dB   el 64°  az 123°`
    private func bar(_ satellite: MonitorModel.Satellite) -> String {
        let width = min(max(columns - 46, 5), 30)
        let strength = satellite.strength ?? 0
        let full = min(width, max(0, strength * width / 60))
        let bar =
            String(repeating: "█", count: full) + String(repeating: "·", count: width - full)
        let words = satellite.strength.map { "\(padded("\($0)", 2, right: true)) dB" } ?? "  – dB"
        return "\(padded(satellite.name, 12)) \(satellite.isUsed ? "●" : " ") \(bar) \(words)"
            + "  el \(angle(satellite.elevation, 2))  az \(angle(satellite.azimuth, 3))"
    }

    private func angle(_ degrees: Int?, _ digits: Int) -> String {
        padded(degrees.map { "\($0)°" } ?? "–", digits + 1, right: true)
    }

    private func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }

    // MARK: The devices

    private var deviceLines: [Line] {
        if model.devices.isEmpty { return [] }
        return [Line("Devices", .heading)]
            + model.devices.map { device in
                let mark = device.name == model.chosen ? "▶" : " "
                let isMarked = device.state.contains("SIMULATED")
                let simulated = device.isSimulated && !isMarked ? "  SIMULATED" : ""
                return Line(
                    "\(mark) \(padded(device.name, 16))  \(device.state)\(simulated)",
                    device.isPresent ? .plain : .faint)
            }
    }
}

// What is said of the position on IRC, by whatever way: answers to commands, and news. News come by
// time, by distance, and when the fix is lost or back; never twice for one reason, and lost only
// when it stays lost, because receivers under bridges lose it for a second. It knows no IRC.

import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// Puts the position into words.
final class PositionTalker {
    /// What makes news.
    struct Rules: Hashable, Sendable {
        /// After so long without other news; nil for never.
        var interval: Duration? = .seconds(600)
        /// After so many metres; nil for never.
        var distance: Double? = 1000
        /// How long a fix must be lost, or back, to be news.
        var patience: Duration = .seconds(10)

        init() {}

        init(_ settings: inout OutletSettings) throws(OutletError) {
            if let value = try settings.duration("interval") {
                interval = value == .zero ? nil : value
            }
            if let value = try settings.number("distance", in: 0...1_000_000) {
                distance = value == 0 ? nil : Double(value)
            }
            if let value = try settings.duration("patience") { patience = value }
        }
    }

    static let settings = [
        OutletSetting("interval", "the position is said after so long; 0: not by time (10m)"),
        OutletSetting("distance", "and after so many metres; 0: not by distance (1000)"),
        OutletSetting("patience", "how long a fix must be lost, or back, to be news (10s)"),
    ]

    private let hub: Hub
    private let rules: Rules
    private let tell: (String) -> Void
    private var timer: Timer?
    private var lastNews: Instant?
    private var lastPlace: Coordinate?
    /// Whether the last word was that there is a fix; nil before any word.
    private var saidFix: Bool?
    /// Since when it is otherwise than was said.
    private var otherwiseSince: Instant?

    /// - Parameter tell: takes each piece of news.
    init(_ hub: Hub, _ rules: Rules = Rules(), tell: @escaping (String) -> Void) {
        self.hub = hub
        self.rules = rules
        self.tell = tell
        timer = hub.reactor.every(.seconds(1)) { [weak self] in self?.look() }
    }

    func stop() {
        timer?.cancel()
        timer = nil
    }

    // MARK: News

    private func look() {
        let now = hub.reactor.now
        let hasFix = hub.position?.position != nil
        if hasFix != saidFix ?? false {
            let since = otherwiseSince ?? now
            otherwiseSince = since
            if saidFix == nil || now.since(since) >= rules.patience { tellChange(hasFix, now) }
            return
        }
        otherwiseSince = nil
        guard hasFix, let place = hub.position?.position else { return }
        let isDue = rules.interval.map { now.since(lastNews ?? now) >= $0 } ?? false
        let isFar = rules.distance.map { limit in
            lastPlace.map { $0.distance(to: place) >= limit } ?? false
        }
        if isDue || isFar ?? false { say("position: \(sentence)", now) }
    }

    private func tellChange(_ hasFix: Bool, _ now: Instant) {
        let isFirst = saidFix == nil
        saidFix = hasFix
        otherwiseSince = nil
        say(hasFix ? "\(isFirst ? "fix" : "fix is back"): \(sentence)" : "fix lost", now)
    }

    private func say(_ text: String, _ now: Instant) {
        lastNews = now
        lastPlace = hub.position?.position ?? lastPlace
        tell(text)
    }

    // MARK: Answers

    /// The lines of an answer; none for what is no command.
    func answer(to text: String) -> [String] {
        let words = text.split(separator: " ", maxSplits: 8).map { String($0) }
        switch words.first {
        case "!position": return [sentence]
        case "!satellites": return [satellites]
        case "!devices": return devices
        case "!distance": return [distance(Array(words.dropFirst()))]
        case "!help":
            return ["!position, !satellites, !devices, !distance LATITUDE LONGITUDE"]
        default: return []
        }
    }

    private var sentence: String {
        guard let fix = hub.position, let place = fix.position else { return "no fix" }
        var parts = [place.text(CoordinateFormat(.minutes))]
        if fix.quality == .simulated { parts.insert("SIMULATED", at: 0) }
        if let altitude = fix.altitude { parts.append("\(rounded(altitude, 10)) m") }
        if let speed = fix.speed { parts.append("\(rounded(speed * 3600 / 1852, 10)) kn") }
        if let course = fix.course, (fix.speed ?? 1) > 0.3 {
            parts.append("course \(rounded(course, 1))°")
        }
        if let error = fix.errors?.horizontal { parts.append("±\(rounded(error, 10)) m") }
        if let utc = fix.utc { parts.append(utc.description) }
        return parts.joined(separator: ", ")
    }

    private var satellites: String {
        guard let sky = hub.chosenDevice.flatMap({ hub.device($0)?.sky }) else {
            return "no satellites are known"
        }
        let best = sky.satellites.filter { $0.strength != nil }
            .sorted { ($0.strength ?? 0) > ($1.strength ?? 0) }.prefix(8)
        let list = best.map { "\($0.id) \(rounded(Double($0.strength ?? 0), 1)) dB" }
        return
            "\(sky.used) used of \(sky.satellites.count) in view; \(list.joined(separator: ", "))"
    }

    private var devices: [String] {
        let lines = hub.devices.prefix(8).map { device in
            let mark = device.name == hub.chosenDevice ? " (speaks now)" : ""
            return "\(device.name): \(device.state)\(mark)"
        }
        return lines.isEmpty ? ["no devices"] : Array(lines)
    }

    private func distance(_ words: [String]) -> String {
        guard let here = hub.position?.position else { return "no fix" }
        guard words.count == 2, let latitude = Double(words[0]), let longitude = Double(words[1]),
            let there = Coordinate(latitude: latitude, longitude: longitude)
        else { return "expected !distance LATITUDE LONGITUDE in degrees, south and west negative" }
        let way = here.geodesic(to: there)
        let miles = rounded(way.distance / 1852, 100)
        return "\(rounded(way.distance / 1000, 100)) km (\(miles) nmi), "
            + "bearing \(rounded(way.initialAzimuth, 1))°"
    }

    private func rounded(_ number: Double, _ scale: Double) -> String {
        let value = (number * scale).rounded() / scale
        return scale == 1 ? "\(value)".replacing(".0", with: "") : "\(value)"
    }
}

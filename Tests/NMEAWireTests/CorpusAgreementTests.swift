// Fixes of the logs in ../shared/corpus beside the reports that gpsd makes of them, epoch by epoch.
// Where the two differ, the difference is listed here with the reason why ours is right; a
// difference that is not listed, and a listed one that is not there any more, fail.

import FairleadNMEAWire
import Foundation
import Testing

/// What gpsd reports of one epoch.
private struct ExpectedFix {
    /// Milliseconds since midnight.
    let time: Int
    let clock: String
    /// The fullest report.
    var report: [String: Any]

    func number(_ key: String) -> Double? { report[key] as? Double }

    /// The epochs of a file with a time and a mode of 2 or 3.
    ///
    /// Times of less than ten milliseconds' difference are one: sentences round differently.
    static func read(_ text: String) -> [ExpectedFix] {
        var epochs: [ExpectedFix] = []
        for line in text.split(whereSeparator: \.isNewline) where line.contains(#""TPV""#) {
            guard let epoch = ExpectedFix(line) else { continue }
            guard let last = epochs.last, abs(last.time - epoch.time) < 10 else {
                epochs.append(epoch)
                continue
            }
            if epoch.report.count >= last.report.count {
                epochs[epochs.count - 1].report = epoch.report
            }
        }
        return epochs
    }

    private init?(_ line: Substring) {
        guard let data = line.data(using: .utf8),
            let report = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let time = report["time"] as? String, let mode = report["mode"] as? Int, mode >= 2
        else { return nil }
        clock = String(time.dropFirst(11).dropLast())
        let parts = clock.split(whereSeparator: { ":.".contains($0) }).compactMap { Int($0) }
        guard parts.count == 4 else { return nil }
        self.time = ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3]
        self.report = report
    }

    /// What is not the same in a fix of ours.
    func differences(from fix: Fix) -> [String] {
        var found: [String] = []
        func compare(_ key: String, _ ours: Double?, _ tolerance: Double) {
            guard let theirs = number(key) else { return }
            if let ours, abs(ours - theirs) <= tolerance { return }
            found.append(key)
        }
        compare("lat", fix.position?.latitude, 1e-6)
        compare("lon", fix.position?.longitude, 1e-6)
        compare("altMSL", fix.altitude, 0.01)
        compare("speed", fix.speed, 0.01)
        compare("track", fix.course, 0.01)
        if report["mode"] as? Int != Int(fix.mode.rawValue) { found.append("mode") }
        return found
    }
}

/// The epochs that differ, and why ours is right.
private let knownDifferences: [String: (reason: String, epochs: [String])] = [
    "garmin-10x": (
        "GSA says 2D, and gpsd takes the altitude of GGA for 3D",
        ["16:50:09.000 mode", "16:50:44.000 mode"]
    ),
    "haicom-305N": (
        "GSA says 2D, and gpsd takes the altitude of GGA for 3D",
        (5...9).map { "09:53:0\($0).80\($0 < 7 ? 2 : 1) mode" }
    ),
    "mtk-3301": (
        "GSA says 2D, and gpsd takes the altitude of GGA for 3D", ["08:14:39.000 mode"]
    ),
    "garmin48": (
        "gpsd computes a speed over 16 seconds in which no fix came", ["22:53:33.000 speed"]
    ),
    "ublox-lea-5h": (
        "gpsd computes a speed over 18 minutes in which no fix came", ["08:55:15.000 speed"]
    ),
    "humminbird-M37": (
        "gpsd computes a speed before the VTG of this epoch has come",
        ["19:41:02.000 speed"]
    ),
    "tn204": (
        "gpsd takes the altitude of PGRMZ, whole feet, for that of GGA, tenths of a metre",
        ["23:01:51.000 altMSL", "23:01:53.000 altMSL", "23:01:55.000 altMSL"]
    ),
]

/// How many epochs with a time and a position gpsd reports.
private let epochs: [String: Int] = [
    "GPSmap-76S": 0, "beidou-gb": 1, "bu353s4": 25, "ericsson-gru04": 1, "garmin-10x": 9,
    "garmin48": 8, "gr601-w": 9, "haicom-305N": 67, "hemi": 6, "humminbird-M37": 31,
    "magellan315": 3, "meinberg-gps164": 70, "mt3339": 30, "mtk-3301": 3, "nmea-rtk": 122,
    "nokia-ld-4w": 19, "quectel-L70": 16, "rst39": 40, "sirfstarv-nmea": 59, "skytraq-fix": 11,
    "st-teseo-liv3f": 28, "tn204": 7, "ublox-f9p-hpnmea": 9, "ublox-lea-5h": 19,
]

@Suite struct CorpusAgreementTests {
    /// The fixes of a log; an amended one instead of the one that it amends.
    static func fixes(_ log: [UInt8]) -> [Fix] {
        var fixes: [Fix] = []
        let reader = PositioningReader()
        let take: (PositioningEvent) -> Void = { event in
            switch event {
            case .position(let fix), .noFix(let fix):
                if fix.isAmended { fixes.removeLast() }
                fixes.append(fix)
            default: break
            }
        }
        reader.feed(log.span, take)
        reader.flush(take)
        return fixes
    }

    @Test(
        .enabled(if: CorpusTests.folder != nil, "../shared/corpus is not there"),
        arguments: CorpusTests.names)
    func everyEpochAgreesWithGpsdOrIsRight(name: String) throws {
        let folder = try #require(CorpusTests.folder)
        let reports = try Data(contentsOf: folder.appendingPathComponent(name + ".log.chk"))
        let expected = ExpectedFix.read(String(decoding: reports, as: UTF8.self))
        let ours = Self.fixes(try #require(CorpusTests.log(name)))
        var next = 0
        var differing: [String] = []
        for epoch in expected {
            let place = ours[next...].firstIndex {
                $0.time.map { abs(Int($0.sinceMidnight / 1_000_000) - epoch.time) < 10 } ?? false
            }
            guard let place else {
                differing.append("\(epoch.clock) missing")
                continue
            }
            next = place
            let found = epoch.differences(from: ours[place])
            if !found.isEmpty {
                differing.append("\(epoch.clock) \(found.joined(separator: " "))")
            }
        }
        #expect(differing == knownDifferences[name]?.epochs ?? [])
        #expect(expected.count == epochs[name])
    }
}

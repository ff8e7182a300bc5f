import FairleadNMEAWire
import Foundation
import Testing

/// What gpsd reports of one epoch.
struct ExpectedFix {
    /// `HH:MM:SS.mmm`.
    let time: String
    /// The fullest report.
    var report: [String: Any]

    var mode: Int { report["mode"] as? Int ?? 0 }
    func number(_ key: String) -> Double? { report[key] as? Double }

    /// The reports of a file with a time and a mode of 2 or 3, one for each epoch.
    static func read(_ text: String) -> [ExpectedFix] {
        var epochs: [ExpectedFix] = []
        for line in text.split(whereSeparator: \.isNewline) where line.contains(#""TPV""#) {
            guard let data = line.data(using: .utf8),
                let report = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
                let time = report["time"] as? String, let mode = report["mode"] as? Int, mode >= 2
            else { continue }
            let clock = String(time.dropFirst(11).dropLast())
            if epochs.last?.time != clock {
                epochs.append(ExpectedFix(time: clock, report: report))
            } else if let last = epochs.last, report.count >= last.report.count {
                epochs[epochs.count - 1].report = report
            }
        }
        return epochs
    }
}

@Suite struct CorpusAgreementTests {
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

    static func clock(_ fix: Fix) -> String? {
        guard let time = fix.time, let day = NMEADate(year: 2000, month: 1, day: 1) else {
            return nil
        }
        return String(UTCTime(day, time).description.dropFirst(11).dropLast())
    }

    static func differences(_ fix: Fix, _ expected: ExpectedFix) -> [String] {
        var found: [String] = []
        func compare(_ key: String, _ ours: Double?, _ tolerance: Double) {
            guard let theirs = expected.number(key) else { return }
            guard let ours else { return found.append("\(key) nil \(theirs)") }
            if abs(ours - theirs) > tolerance { found.append("\(key) \(ours) \(theirs)") }
        }
        compare("lat", fix.position?.latitude, 1e-6)
        compare("lon", fix.position?.longitude, 1e-6)
        compare("altMSL", fix.altitude, 0.01)
        compare("speed", fix.speed, 0.01)
        compare("track", fix.course, 0.01)
        if Int(fix.mode.rawValue) != expected.mode {
            found.append("mode \(fix.mode) \(expected.mode)")
        }
        return found
    }

    @Test(
        .enabled(if: CorpusTests.folder != nil, "../shared/corpus is not there"),
        arguments: CorpusTests.names)
    func explore(name: String) throws {
        let folder = try #require(CorpusTests.folder)
        let text = try String(
            decoding: Data(contentsOf: folder.appendingPathComponent(name + ".log.chk")),
            as: UTF8.self)
        let expected = ExpectedFix.read(text)
        let ours = Self.fixes(try #require(CorpusTests.log(name)))
        var next = 0
        var agreeing = 0
        var out = ""
        for epoch in expected {
            guard let place = ours[next...].firstIndex(where: { Self.clock($0) == epoch.time })
            else {
                out += "  missing \(epoch.time)\n"; continue
            }
            next = place
            let d = Self.differences(ours[place], epoch)
            if d.isEmpty {
                agreeing += 1
            } else {
                out += "  \(epoch.time): \(d.joined(separator: "; "))\n"
            }
        }
        print(
            "TABLE \(name) expected \(expected.count) agreeing \(agreeing) ours \(ours.count)\n"
                + out)
    }
}

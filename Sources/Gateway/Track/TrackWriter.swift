// A track record by record, so that it may be as long as it likes: each call gives the text that
// comes next. A segment ends where the fix was lost, where nothing was recorded for a while, and
// where the time goes back. What is written where is the business of the formats, one file each.

import FairleadNMEAWire
import FairleadWire

/// Writes records as a track.
public struct TrackWriter {
    private var format: any TrackForm
    private let gap: Duration
    private var last: HistoryRecord?
    private var isOpen = false

    /// - Parameters:
    ///   - name: what the track is called.
    ///   - gap: without a record for so long a segment ends.
    public init(_ format: TrackFormat, name: String, gap: Duration = .seconds(300)) {
        self.gap = gap
        self.format =
            switch format {
            case .gpx: GPXForm(name: name)
            case .kml: KMLForm(name: name)
            case .geojson: GeoJSONForm()
            case .csv: CSVForm()
            }
    }

    /// What comes before the first record.
    public mutating func begin() -> String { format.begin() }

    /// A record; one without a position ends a segment.
    public mutating func add(_ record: HistoryRecord) -> String {
        guard record.position != nil else { return endSegment() }
        var text = ""
        if let last, isBreak(last.time, record.time) { text += endSegment() }
        if !isOpen { text += format.beginSegment(record) }
        isOpen = true
        last = record
        return text + format.point(record)
    }

    private func isBreak(_ before: UTCTime, _ now: UTCTime) -> Bool {
        let nanoseconds = now.nanoseconds(since: before)
        return nanoseconds < 0 || .nanoseconds(nanoseconds) > gap
    }

    private mutating func endSegment() -> String {
        guard isOpen, let last else { return "" }
        isOpen = false
        return format.endSegment(last)
    }

    /// What comes after the last record.
    public mutating func end() -> String { endSegment() + format.end() }
}

/// The text of one format; records here have positions.
protocol TrackForm {
    mutating func begin() -> String
    mutating func beginSegment(_ first: HistoryRecord) -> String
    mutating func point(_ record: HistoryRecord) -> String
    mutating func endSegment(_ last: HistoryRecord) -> String
    mutating func end() -> String
}

extension HistoryRecord {
    var isSimulated: Bool { quality == Int(Fix.Quality.simulated.rawValue) }
}

/// A number with so many decimals at most, as every format here has it.
func trackNumber(_ number: Double, _ decimals: Int) -> String {
    var json = JSONWriter()
    json.value(number, decimals: decimals)
    return json.text
}

/// Text within XML, with what XML 1.0 cannot hold left out.
func trackXML(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value & 0xFFFE == 0xFFFE:
            result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

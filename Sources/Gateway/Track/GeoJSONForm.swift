import FairleadWire

/// GeoJSON (RFC 7946): a feature for each segment, a point where it has only one place.
struct GeoJSONForm: TrackForm {
    private var isFirstFeature = true
    /// The first place of a segment, which is a line only when a second one comes.
    private var first: HistoryRecord?
    private var hasLine = false

    func begin() -> String { "{\"type\":\"FeatureCollection\",\"features\":[" }

    mutating func beginSegment(_ first: HistoryRecord) -> String {
        self.first = first
        hasLine = false
        let comma = isFirstFeature ? "" : ","
        isFirstFeature = false
        return "\(comma)\n{\"type\":\"Feature\",\"geometry\":"
    }

    mutating func point(_ record: HistoryRecord) -> String {
        guard let first, record != first || hasLine else { return "" }
        if hasLine { return ",\(place(record))" }
        hasLine = true
        return "{\"type\":\"LineString\",\"coordinates\":[\(place(first)),\(place(record))"
    }

    func endSegment(_ last: HistoryRecord) -> String {
        guard let first else { return "" }
        let end =
            hasLine ? "]}" : "{\"type\":\"Point\",\"coordinates\":\(place(first))}"
        var json = JSONWriter()
        json.object { json in
            json.member("from", first.time.description)
            json.member("to", last.time.description)
            json.member("device", first.device)
            if first.isSimulated { json.member("isSimulated", true) }
        }
        return "\(end),\"properties\":\(json.text)}"
    }

    func end() -> String { "\n]}\n" }

    private func place(_ record: HistoryRecord) -> String {
        guard let place = record.position else { return "[]" }
        var text = "[\(trackNumber(place.longitude, 7)),\(trackNumber(place.latitude, 7))"
        if let altitude = record.altitude { text += ",\(trackNumber(altitude, 2))" }
        return text + "]"
    }
}

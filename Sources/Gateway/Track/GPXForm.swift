/// GPX 1.1, with the elements in the order of its schema.
struct GPXForm: TrackForm {
    let name: String

    func begin() -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <gpx version="1.1" creator="Fairlead" xmlns="http://www.topografix.com/GPX/1/1">
        <trk><name>\(trackXML(name))</name>

        """
    }

    func beginSegment(_ first: HistoryRecord) -> String { "<trkseg>\n" }

    func point(_ record: HistoryRecord) -> String {
        guard let place = record.position else { return "" }
        let latitude = trackNumber(place.latitude, 7)
        var text = "<trkpt lat=\"\(latitude)\" lon=\"\(trackNumber(place.longitude, 7))\">"
        if let altitude = record.altitude { text += "<ele>\(trackNumber(altitude, 2))</ele>" }
        text += "<time>\(record.time)</time>"
        if record.isSimulated { text += "<cmt>SIMULATED</cmt>" }
        text += "<src>\(trackXML(record.device))</src>"
        text += "<fix>\(record.mode == 3 ? "3d" : "2d")</fix>"
        return text + "</trkpt>\n"
    }

    func endSegment(_ last: HistoryRecord) -> String { "</trkseg>\n" }

    func end() -> String { "</trk>\n</gpx>\n" }
}

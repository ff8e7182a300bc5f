/// KML 2.2: a line for each segment.
struct KMLForm: TrackForm {
    let name: String

    func begin() -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <kml xmlns="http://www.opengis.net/kml/2.2">
        <Document><name>\(trackXML(name))</name>

        """
    }

    func beginSegment(_ first: HistoryRecord) -> String {
        let mark = first.isSimulated ? " SIMULATED" : ""
        return "<Placemark><name>\(first.time)\(mark)</name>"
            + "<LineString><tessellate>1</tessellate><coordinates>\n"
    }

    func point(_ record: HistoryRecord) -> String {
        guard let place = record.position else { return "" }
        var text = "\(trackNumber(place.longitude, 7)),\(trackNumber(place.latitude, 7))"
        if let altitude = record.altitude { text += ",\(trackNumber(altitude, 2))" }
        return text + "\n"
    }

    func endSegment(_ last: HistoryRecord) -> String {
        "</coordinates></LineString></Placemark>\n"
    }

    func end() -> String { "</Document>\n</kml>\n" }
}

import FairleadNMEAWire
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite struct TrackTests {
    private func records() throws -> [HistoryRecord] {
        func record(_ time: String, _ latitude: Double?, _ device: String = "a<b") throws
            -> HistoryRecord
        {
            var record = HistoryRecord(device: device, time: try #require(UTCTime(time)), mode: 3)
            record.position = latitude.flatMap { Coordinate(latitude: $0, longitude: -4.25) }
            return record
        }
        var first = try record("2026-12-01T12:00:00.000Z", 50.5)
        (first.altitude, first.speed, first.course, first.error) = (12.345, 1.5, 270, 3)
        var last = try record("2026-12-01T13:00:00.000Z", 50.7, "a,\"b\"")
        last.quality = 8
        return [
            first, try record("2026-12-01T12:00:10.500Z", 50.6),
            try record("2026-12-01T12:00:20.000Z", nil),
            try record("2026-12-01T12:00:30.000Z", 50.61),
            // The time goes back, then nothing comes for an hour.
            try record("2026-12-01T12:00:25.000Z", 50.62), last,
        ]
    }

    private func track(_ format: TrackFormat, _ records: [HistoryRecord]) -> String {
        var writer = TrackWriter(format, name: "R&D")
        var text = writer.begin()
        for record in records { text += writer.add(record) }
        return text + writer.end()
    }

    @Test func gpxHasASegmentForEachStretch() throws {
        let text = track(.gpx, try records())
        #expect(text.contains("<trk><name>R&amp;D</name>"))
        #expect(text.ranges(of: "<trkseg>").count == 4)
        #expect(text.ranges(of: "</trkseg>").count == 4)
        #expect(
            text.contains(
                "<trkpt lat=\"50.5\" lon=\"-4.25\"><ele>12.35</ele>"
                    + "<time>2026-12-01T12:00:00.000Z</time><src>a&lt;b</src><fix>3d</fix></trkpt>")
        )
        #expect(text.contains("<cmt>SIMULATED</cmt><src>a,&quot;b&quot;</src>"))
        #expect(text.hasSuffix("</trk>\n</gpx>\n"))
    }

    @Test func kmlHasALineForEachStretch() throws {
        let text = track(.kml, try records())
        #expect(text.ranges(of: "<LineString>").count == 4)
        #expect(text.contains("\n-4.25,50.5,12.35\n-4.25,50.6\n</coordinates>"))
        #expect(text.contains("<name>2026-12-01T13:00:00.000Z SIMULATED</name>"))
    }

    @Test func geoJSONIsJSONWithLinesAndPoints() throws {
        let json = try JSONParser().parse(track(.geojson, try records()))
        let features = try #require(json["features"]?.array)
        #expect(
            features.map { $0["geometry"]?["type"]?.string }
                == ["LineString", "Point", "Point", "Point"])
        let line = try #require(features.first?["geometry"]?["coordinates"]?.array)
        #expect(
            line.map { $0.array?.compactMap(\.number) } == [[-4.25, 50.5, 12.35], [-4.25, 50.6]])
        #expect(features[0]["properties"]?["to"]?.string == "2026-12-01T12:00:10.500Z")
        #expect(features[3]["properties"]?["isSimulated"]?.bool == true)
    }

    @Test func csvQuotesWhatMustBeQuoted() throws {
        let lines = track(.csv, try records()).split(separator: "\r\n")
        #expect(lines.count == 6)
        #expect(lines[1] == "2026-12-01T12:00:00.000Z,1,a<b,50.5,-4.25,12.35,1.5,270,3,,3")
        #expect(
            lines[5]
                == "2026-12-01T13:00:00.000Z,4,\"a,\"\"b\"\"\",50.7,-4.25,,,,3,SIMULATED,")
    }

    @Test(arguments: TrackFormat.allCases) func noRecordsAreAWholeDocument(format: TrackFormat)
        throws
    {
        let text = track(format, [])
        switch format {
        case .geojson: #expect(try JSONParser().parse(text)["features"]?.array?.isEmpty == true)
        case .gpx: #expect(text.hasSuffix("</gpx>\n") && !text.contains("trkseg"))
        case .kml: #expect(text.hasSuffix("</kml>\n") && !text.contains("Placemark"))
        case .csv: #expect(text.split(separator: "\r\n").count == 1)
        }
    }

    @Test func noTextBreaksOutOfItsElement() {
        let text = trackXML("]]><a b='\"'>&\u{0}\u{1b}\u{FFFE}é")
        #expect(text == "]]&gt;&lt;a b='&quot;'&gt;&amp;\u{FFFD}\u{FFFD}\u{FFFD}é")
    }
}

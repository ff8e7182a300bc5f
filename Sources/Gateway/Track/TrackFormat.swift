/// A form in which a track can be had.
public enum TrackFormat: String, CaseIterable, Sendable {
    /// GPX 1.1.
    case gpx
    /// KML 2.2 (OGC 07-147r2).
    case kml
    /// RFC 7946: a feature for each segment.
    case geojson
    /// RFC 4180, with a heading.
    case csv
}

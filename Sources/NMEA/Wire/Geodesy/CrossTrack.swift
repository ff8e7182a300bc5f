import CMath

/// How far a place is off the geodesic through two others.
public struct CrossTrack: Hashable, Sendable {
    /// Metres to the geodesic, positive to the right of it, negative to the left.
    public let offset: Double
    /// Metres along the geodesic from its start to the nearest point, good to a micrometre;
    /// negative before the start.
    public let along: Double
    /// The nearest point of the geodesic.
    public let nearest: Coordinate
}

extension Coordinate {
    /// How far this place is off the geodesic from one place to another, on WGS 84.
    ///
    /// The geodesic goes on beyond both ends; the nearest point may lie there. Nil where start and
    /// end are one place, and where no nearest point is found: a quarter of the earth away.
    public func crossTrack(from start: Coordinate, to end: Coordinate) -> CrossTrack? {
        let ellipsoid = Ellipsoid.wgs84
        let track = ellipsoid.geodesic(from: start, to: end)
        guard track.distance > 0,
            let line = ellipsoid.line(from: start, azimuth: track.initialAzimuth)
        else { return nil }
        return crossTrack(line, on: ellipsoid)
    }

    /// Steps along the line to where the perpendicular would stand on a sphere: each step is about
    /// a hundredth of the last, since the earth is nearly a sphere.
    private func crossTrack(_ line: GeodesicLine, on ellipsoid: Ellipsoid) -> CrossTrack? {
        let radius = (2 * ellipsoid.equatorialRadius + ellipsoid.polarRadius) / 3
        var along = 0.0
        for _ in 0..<50 {
            guard let point = line.point(at: along) else { return nil }
            let way = ellipsoid.geodesic(from: point.place, to: self)
            let angle = UnitAngle(
                degrees: (way.initialAzimuth - point.azimuth).remainder(dividingBy: 360))
            let arc = UnitAngle(radians: way.distance / radius)
            let step = radius * fl_atan2(arc.sine * angle.cosine, arc.cosine)
            if abs(step) < 1e-6 {
                let offset = angle.sine < 0 ? 0 - way.distance : way.distance
                return CrossTrack(offset: offset, along: along, nearest: point.place)
            }
            along += step
        }
        return nil
    }
}

// A polygon as GeoJSON means it (RFC 7946, sections 3.1.1 and 3.1.6), with one thing added. Its
// edges are straight in longitude and latitude, not geodesics: so are the lines on the maps on
// which people draw fences, and an edge between two places of one latitude follows the parallel.
// Added is that each edge takes the shorter way round, so that a polygon across the date line
// needs no cutting. (The parts of one that was cut at 180 degrees work as well.)

/// A region within a ring of places, without its holes.
///
/// Places on an edge or a corner belong to it, those of a hole included. Rings may be closed by
/// repeating the first place or not, and may turn either way. Where a ring crosses itself, what it
/// goes around an even number of times is outside.
public struct PolygonFence: Geofence, Hashable {
    /// An end of the earth's axis.
    public enum Pole: Hashable, Sendable {
        case north
        case south
    }

    public let box: CoordinateBox
    private let outer: PolygonRing
    private let holes: [PolygonRing]

    /// A polygon from its outer ring and its holes.
    ///
    /// A ring that goes around the earth's axis has two insides; `pole` names the pole that is in.
    /// It is needed just then. A hole may go around it too: then it takes the pole out.
    public init(_ outer: [Coordinate], holes: [[Coordinate]] = [], around pole: Pole? = nil)
        throws(PolygonError)
    {
        let ring = try PolygonRing(outer, pole: pole, number: 0)
        if pole != nil, ring.pole == nil { throw PolygonError(.goesAroundNoPole, ring: 0) }
        var others: [PolygonRing] = []
        for (index, hole) in holes.enumerated() {
            others.append(try PolygonRing(hole, pole: pole, number: index + 1))
        }
        self.outer = ring
        self.holes = others
        box = ring.box
    }

    /// Whether a place is within the outer ring and in no hole; edges belong to the polygon.
    public func contains(_ place: Coordinate) -> Bool {
        switch outer.side(of: place) {
        case .outside: false
        case .edge: true
        case .inside: !holes.contains { $0.side(of: place) == .inside }
        }
    }

    /// Metres from a place outside to the nearest edge; 0 for a place that belongs to the polygon.
    ///
    /// Which point of the edges is nearest is found in a plane: the farther away, and the nearer
    /// to a pole, the less exactly. The distance to that point is exact.
    public func distance(to place: Coordinate) -> Double {
        if contains(place) { return 0 }
        var nearest = Nearest()
        for ring in [outer] + holes {
            var a = ring.points[ring.points.count - 1]
            for b in ring.points {
                nearest.take(edgeFrom: a, to: b, seenFrom: place)
                a = b
            }
        }
        let point = Coordinate(
            limiting: place.latitude + nearest.north, turning: place.longitude + nearest.east)
        return place.distance(to: point)
    }
}

/// The nearest of the points of many edges, as degrees from the place that is asked about.
private struct Nearest {
    var east = 0.0
    var north = 0.0
    var squared = Double.infinity

    mutating func take(edgeFrom start: Coordinate, to end: Coordinate, seenFrom place: Coordinate) {
        let a = Offset(of: start, from: place)
        var b = Offset(of: end, from: place)
        b.continueFrom(a)
        let (dx, dy) = (b.east - a.east, b.north - a.north)
        var part = 0.5
        var shrink = 1.0
        // A degree of longitude is as long as in the middle of the way; each round knows it better.
        for _ in 0..<3 {
            shrink = UnitAngle(degrees: place.latitude + (a.north + part * dy) / 2).cosine
            let (x, width) = (a.east * shrink, dx * shrink)
            let length = width * width + dy * dy
            part = length > 0 ? min(1, max(0, -(x * width + a.north * dy) / length)) : 0
        }
        let (reachedEast, reachedNorth) = (a.east + part * dx, a.north + part * dy)
        let x = reachedEast * shrink
        let reached = x * x + reachedNorth * reachedNorth
        if reached < squared {
            squared = reached
            east = reachedEast
            north = reachedNorth
        }
    }
}

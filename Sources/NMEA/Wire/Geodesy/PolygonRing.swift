// One closed line of a polygon, in the plane of longitude and latitude. Longitudes are only ever
// taken as differences from the place that is asked about, wrapped to the shorter way round, so
// that the date line is no special place. A place is inside where its meridian, followed north,
// crosses the ring an odd number of times. It knows nothing of outer rings and holes.

/// A closed line through places.
struct PolygonRing: Hashable {
    /// Where a place lies.
    enum Side {
        case inside
        case edge
        case outside
    }

    /// Each once; the last is joined to the first.
    let points: [Coordinate]
    /// The pole on its inner side, when the ring goes around the earth's axis.
    let pole: PolygonFence.Pole?
    let box: CoordinateBox

    /// Degrees by which a place may be off an edge that it counts as lying on: a micrometre.
    static let tolerance = 1e-11

    init(_ given: [Coordinate], pole: PolygonFence.Pole?, number: Int) throws(PolygonError) {
        let isClosed = given.count > 1 && given.first == given.last
        points = isClosed ? given.dropLast() : given
        guard Set(points).count >= 3 else { throw PolygonError(.tooFewPoints, ring: number) }
        var longitudes = [points[0].longitude]
        for (index, point) in points.enumerated() {
            let next = points[index + 1 < points.count ? index + 1 : 0]
            let step = Self.shorterWay(from: point.longitude, to: next.longitude)
            if abs(step) > 180 - 1e-9 {
                throw PolygonError(.ambiguousEdge(point: index), ring: number)
            }
            longitudes.append((longitudes.last ?? 0) + step)
        }
        let turns = (((longitudes.last ?? 0) - longitudes[0]) / 360).rounded()
        let windsAround = turns.remainder(dividingBy: 2) != 0
        if windsAround, pole == nil { throw PolygonError(.goesAroundPole, ring: number) }
        self.pole = windsAround ? pole : nil
        guard let box = Self.box(points.map(\.latitude), longitudes, pole: self.pole) else {
            throw PolygonError(.withoutArea, ring: number)
        }
        self.box = box
    }

    /// What encloses the ring and its inside; nil when it is all on one meridian or parallel.
    private static func box(
        _ latitudes: [Double], _ longitudes: [Double], pole: PolygonFence.Pole?
    ) -> CoordinateBox? {
        guard let south = latitudes.min(), let north = latitudes.max(),
            let west = longitudes.min(), let east = longitudes.max()
        else { return nil }
        switch pole {
        case .north: return CoordinateBox(south: south, north: 90, west: 0, width: 360).widened
        case .south: return CoordinateBox(south: -90, north: north, west: 0, width: 360).widened
        case nil:
            guard south < north, west < east else { return nil }
            return CoordinateBox(south: south, north: north, west: west, width: east - west).widened
        }
    }

    /// The difference of two longitudes, -180 to 180.
    static func shorterWay(from start: Double, to end: Double) -> Double {
        let way = end - start
        return way > 180 ? way - 360 : way < -180 ? way + 360 : way
    }

    /// The side on which a place lies.
    func side(of place: Coordinate) -> Side {
        if abs(place.latitude) == 90 { return sideOfPole(isNorth: place.latitude > 0) }
        guard box.contains(place) else { return .outside }
        var isInside = pole == .north
        var a = Offset(of: points[points.count - 1], from: place)
        for point in points {
            var b = Offset(of: point, from: place)
            b.continueFrom(a)
            if b.isOnEdge(from: a) { return .edge }
            // What is exactly on the meridian counts as east of it: each corner once.
            if (a.east < 0) != (b.east < 0), b.passesNorth(from: a) { isInside.toggle() }
            a = Offset(of: point, from: place)
        }
        return isInside ? .inside : .outside
    }

    /// A pole has no longitude; it is one place, and in this plane a line.
    private func sideOfPole(isNorth: Bool) -> Side {
        let latitude: Double = isNorth ? 90 : -90
        if points.contains(where: { $0.latitude == latitude }) { return .edge }
        return pole == (isNorth ? .north : .south) ? .inside : .outside
    }
}

/// A corner as seen from the place that is asked about, in degrees.
struct Offset {
    var east: Double
    let north: Double

    @inline(__always)
    init(of point: Coordinate, from place: Coordinate) {
        east = PolygonRing.shorterWay(from: place.longitude, to: point.longitude)
        north = point.latitude - place.latitude
    }

    /// Makes the way from another corner the shorter one.
    @inline(__always)
    mutating func continueFrom(_ start: Offset) {
        if east - start.east > 180 { east -= 360 }
        if east - start.east < -180 { east += 360 }
    }

    /// Whether the place is on the edge that leads here.
    @inline(__always)
    fileprivate func isOnEdge(from start: Offset) -> Bool {
        let tolerance = PolygonRing.tolerance
        guard min(start.east, east) <= tolerance, max(start.east, east) >= -tolerance,
            min(start.north, north) <= tolerance, max(start.north, north) >= -tolerance
        else { return false }
        let (x, y) = (east - start.east, north - start.north)
        let cross = x * start.north - y * start.east
        return abs(cross) <= tolerance * (x * x + y * y).squareRoot() || x == 0 && y == 0
    }

    /// Whether the edge that leads here crosses the place's meridian north of the place.
    @inline(__always)
    fileprivate func passesNorth(from start: Offset) -> Bool {
        start.north - (north - start.north) * start.east / (east - start.east) > 0
    }
}

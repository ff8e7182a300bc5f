import Glibc

/// Pairs of places of all sorts: anywhere, near each other, nearly opposite, on special lines.
struct Pairs {
    var numbers = Numbers(state: 1)

    static let kinds = [
        "anywhere", "near", "nearly opposite", "opposite on the equator", "along a meridian",
        "along the equator", "at a pole", "short decimals",
    ]

    private mutating func anywhere() -> (Double, Double) {
        let z = Double.random(in: -1...1, using: &numbers)
        return (asin(z) * 180 / .pi, Double.random(in: -180...180, using: &numbers))
    }

    private mutating func small() -> Double {
        let size = exp(Double.random(in: -25...2, using: &numbers))
        return Bool.random(using: &numbers) ? size : -size
    }

    private func limited(_ latitude: Double, _ longitude: Double) -> Coordinate {
        place(min(90, max(-90, latitude + 0)), longitude.remainder(dividingBy: 360))
    }

    mutating func next(_ kind: Int) -> (Coordinate, Coordinate) {
        let (latitude, longitude) = anywhere()
        let (other, otherLongitude) = anywhere()
        switch kind {
        case 0: return (limited(latitude, longitude), limited(other, otherLongitude))
        case 1:
            return (
                limited(latitude, longitude), limited(latitude + small(), longitude + small())
            )
        case 2:
            return (
                limited(latitude, longitude),
                limited(-latitude + small(), longitude + 180 + small())
            )
        case 3:
            return (
                limited(small() / 10, longitude),
                limited(small() / 10, longitude + 180 + small())
            )
        case 4:
            let turn: Double = Bool.random(using: &numbers) ? 180 : 0
            return (limited(latitude, longitude), limited(other, longitude + turn))
        case 5: return (limited(0, longitude), limited(0, otherLongitude))
        case 6:
            let pole: Double = Bool.random(using: &numbers) ? 90 : -90
            return (limited(pole, longitude), limited(other, otherLongitude))
        default:
            return (
                limited(latitude.rounded(), longitude.rounded()),
                limited(other.rounded(), otherLongitude.rounded())
            )
        }
    }
}

func compareGeodesics(_ count: Int) {
    var pairs = Pairs()
    for (kind, name) in Pairs.kinds.enumerated() {
        var distance = Worst("distance")
        var proj = Worst("PROJ's distance")
        var azimuth = Worst("azimuth times reduced length")
        var direct = Worst("destination")
        for _ in 0..<count / Pairs.kinds.count {
            let (a, b) = pairs.next(kind)
            let ours = a.geodesic(to: b)
            let at = "\(a) to \(b)"
            distance.take(
                exact_distance_minus(
                    a.latitude, a.longitude, b.latitude, b.longitude, ours.distance), at)
            let theirs = proj_inverse(a.latitude, a.longitude, b.latitude, b.longitude)
            proj.take(
                exact_distance_minus(
                    a.latitude, a.longitude, b.latitude, b.longitude, theirs.distance), at)
            // Where the azimuth leads according to the oracle tells whether it is right, also where
            // it is ill-conditioned.
            let end = exact_direct(
                6_378_137, 1 / 298.257_223_563, a.latitude, a.longitude, ours.initialAzimuth,
                ours.distance)
            azimuth.take(metres(end, b), at)
            if let reached = a.destination(
                azimuth: ours.initialAzimuth, distance: ours.distance)
            {
                direct.take(metres(end, reached), at)
            } else {
                direct.take(.infinity, at)
            }
        }
        print("\(name):")
        distance.report("nm", scale: 1e9)
        proj.report("nm", scale: 1e9)
        azimuth.report("nm", scale: 1e9)
        direct.report("nm", scale: 1e9)
    }
}

/// Roughly the metres between two places that are near each other.
func metres(_ a: oracle_direct_result, _ b: Coordinate) -> Double {
    let north = (a.latitude - b.latitude) * 111_320
    let east = apart(a.longitude, b.longitude) * 111_320 * cos(b.latitude * .pi / 180)
    return (north * north + east * east).squareRoot()
}

func speed(_ count: Int) {
    var pairs = Pairs()
    for kind in [0, 1, 2] {
        let table = (0..<count).map { _ in pairs.next(kind) }
        for round in 1...3 {
            var sum = 0.0
            let start = clock()
            for (a, b) in table { sum += a.geodesic(to: b).distance }
            let between = clock()
            for (a, b) in table {
                sum -=
                    proj_inverse(a.latitude, a.longitude, b.latitude, b.longitude).distance
            }
            let end = clock()
            func rate(_ ticks: Int) -> Double {
                (Double(count) / Double(ticks) * Double(CLOCKS_PER_SEC) / 1e4).rounded() / 100
            }
            print(
                "\(Pairs.kinds[kind]), round \(round): ours \(rate(between - start)) M/s,"
                    + " PROJ \(rate(end - between)) M/s; the sums differ by \(sum) m")
        }
    }
}

/// A place from numbers that are known to be those of one.
func place(_ latitude: Double, _ longitude: Double) -> Coordinate {
    guard let place = Coordinate(latitude: latitude, longitude: longitude) else {
        print("\(latitude), \(longitude) is no place")
        exit(1)
    }
    return place
}

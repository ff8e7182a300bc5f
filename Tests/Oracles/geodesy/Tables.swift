import Glibc

/// Writes the tables that the tests read, from the oracles alone.
func writeTables(into folder: String) {
    guard exact_is_long() == 1 else {
        print("tables are written from long double only: GEOGRAPHICLIB_SOURCE is not set")
        exit(1)
    }
    write(folder + "/inverse.txt", inverseTable())
    write(folder + "/flattened.txt", flattenedTable())
    write(folder + "/geocentric.txt", geocentricTable())
    write(folder + "/grid.txt", gridTable())
}

private func write(_ path: String, _ lines: [String]) {
    guard let file = fopen(path, "w") else {
        print("cannot write \(path)")
        exit(1)
    }
    fputs(lines.joined(separator: "\n") + "\n", file)
    fclose(file)
    print("\(path): \(lines.count) lines")
}

/// Rounded to eight decimals, so that the lines stay short; the oracle is asked about that.
private func short(_ place: Coordinate) -> Coordinate {
    func cut(_ value: Double) -> Double { (value * 1e8).rounded() / 1e8 + 0 }
    return Coordinate(latitude: cut(place.latitude), longitude: cut(place.longitude)) ?? place
}

private let special: [(Double, Double, Double, Double)] = [
    (0, 0, 0, 0), (0, 0, 0, 90), (0, 0, 0, 179), (0, 0, 0, 179.5), (0, 0, 0, 180),
    (0, -90, 0, 90), (0, 0, 0, 179.39), (0, 0, 0, 179.396), (0, 0, 0, 179.397), (0, 0, 90, 0),
    (90, 0, -90, 0), (90, 0, -90, 180), (90, 0, 90, 180), (-90, 10, -90, -10), (90, 0, 0, 45),
    (30, 0, -30, 180), (30, 0, -30, 179.8), (30, 0, -30.001, 179.8), (45, 0, 45, 180),
    (10, 20, 10, 20), (10, 20, 10.00000001, 20), (10, 20, 10, 20.00000001), (10, 180, 10, -180),
    (10, 180, -10, 0), (10, 179.99999999, 10, -179.99999999), (89.99999999, 0, 89.99999999, 180),
    (52.37, 4.9, 48.8566, 2.3522), (40.6, -73.8, 51.6, -0.5), (40.6, -73.8, 1.35, 103.98),
    (36.493349428792, 0, -36.49334942879201, 179.8752), (5.0e-8, 0, -5.0e-8, 179.6),
    (88.20249945, 0, -88.20249945, 179.99999999), (59.45, 0, -59.45, 179.99888181),
    (0.07476, 0, -0.07476, 179.99999999), (20.001, 0, 20.001, 0), (56.32, 0, -56.32, 179.66477086),
]

private func inverseTable() -> [String] {
    var pairs = Pairs()
    var places = special.map { (place($0.0, $0.1), place($0.2, $0.3)) }
    for kind in Pairs.kinds.indices {
        let count = kind == 0 ? 800 : kind == 2 ? 400 : 140
        for _ in 0..<count {
            let (a, b) = pairs.next(kind)
            places.append((short(a), short(b)))
        }
    }
    return [
        "# latitude longitude latitude longitude metres azimuth azimuth reduced-length;"
            + " run.sh tables"
    ]
        + places.map { a, b in
            let exact = exact_inverse(
                6_378_137, 1 / 298.257_223_563, a.latitude, a.longitude, b.latitude, b.longitude)
            return "\(a.latitude) \(a.longitude) \(b.latitude) \(b.longitude) \(exact.distance)"
                + " \(exact.azimuth1) \(exact.azimuth2) \(exact.reduced.rounded())"
        }
}

/// Ellipsoids of the earth's size and other shapes.
private func flattenedTable() -> [String] {
    var pairs = Pairs()
    var lines = ["# flattening latitude longitude azimuth metres latitude longitude; run.sh tables"]
    for flattening in [0, 1 / 297.0, 1 / 150.0, 0.02] {
        for kind in [0, 0, 0, 1, 2, 6] {
            for _ in 0..<10 {
                let (a, b) = pairs.next(kind)
                let place = short(a)
                let azimuth =
                    (Double.random(in: 0..<360, using: &pairs.numbers) * 1e6).rounded() / 1e6
                let distance = (abs(b.latitude) * 2e5).rounded()
                let end = exact_direct(
                    6_378_137, flattening, place.latitude, place.longitude, azimuth, distance)
                lines.append(
                    "\(flattening) \(place.latitude) \(place.longitude) \(azimuth) \(distance)"
                        + " \(end.latitude) \(end.longitude)")
            }
        }
    }
    return lines
}

private func geocentricTable() -> [String] {
    var pairs = Pairs()
    var lines = ["# latitude longitude height x y z; run.sh tables"]
    let heights = [0, 1, 8848, -420, 20_200_000, 1e9, -6_000_000]
    for (index, height) in (heights + heights + heights + heights + heights).enumerated() {
        for kind in [0, 3, 6, 7] {
            let place = short(pairs.next(kind).0)
            let exact = exact_geocentric(place.latitude, place.longitude, height)
            if index < 200 {
                lines.append(
                    "\(place.latitude) \(place.longitude) \(height) \(exact.x) \(exact.y) \(exact.z)"
                )
            }
        }
    }
    return lines
}

private func gridTable() -> [String] {
    var pairs = Pairs()
    var places: [Coordinate] = []
    func add(_ latitude: Double, _ longitude: Double) {
        if let place = Coordinate(latitude: latitude, longitude: longitude) { places.append(place) }
    }
    // Around Norway and Svalbard, and on the borders of zones and bands.
    for latitude in [
        55.99999999, 56, 63.99999999, 64, 71.99999999, 72, 83.99999999, 84, -80, -80.00000001, 0,
        -0.00000001,
    ] {
        for longitude in [
            -180, -0.00000001, 0, 2.99999999, 3, 6, 8.99999999, 9, 12, 21, 33, 41.99999999, 42,
            179.99999999, 180,
        ] {
            add(latitude, longitude)
        }
    }
    for _ in 0..<300 { places.append(short(pairs.next(0).0)) }
    for _ in 0..<60 { places.append(short(pairs.next(6).1)) }
    for _ in 0..<60 {
        let longitude = short(pairs.next(0).0).longitude
        let size = (Double.random(in: 0...6, using: &pairs.numbers) * 1e8).rounded() / 1e8
        add(90 - size, longitude)
        add(-90 + size * 1.6, longitude)
    }
    add(90, 0)
    add(-90, 0)
    var lines = ["# latitude longitude zone easting northing mgrs; zone 0 is UPS; run.sh tables"]
    for place in places {
        let isPolar = place.latitude >= 84 || place.latitude < -80
        let text = mgrs(place, 5)
        let zone = isPolar ? 0 : Int32(text.prefix(2)) ?? -1
        let exact = exact_utm(place.latitude, place.longitude, zone)
        lines.append(
            "\(place.latitude) \(place.longitude) \(zone) \(exact.easting) \(exact.northing) \(text)"
        )
    }
    return lines
}

import Glibc

/// Compares geocentric coordinates, UTM, UPS and MGRS.
func compareGrids(_ count: Int) {
    compareEarthCentered(count)
    compareProjections(count)
    compareMGRS(count)
    compareSquares()
}

private func compareEarthCentered(_ count: Int) {
    var pairs = Pairs()
    var forward = Worst("ECEF")
    var heights = [Worst("height far up or down"), Worst("height near the surface")]
    var places = Worst("place, in metres there")
    for index in 0..<count {
        let (place, _) = pairs.next([0, 6, 7, 3][index % 4])
        let ranges = [-6.3e6...1e7, -1e4...1e5, -6.4e6 ... -6.3e6, -1...1]
        let height = Double.random(in: ranges[index / 4 % 4], using: &pairs.numbers)
        guard let ours = place.earthCentered(height: height) else { continue }
        let theirs = exact_geocentric(place.latitude, place.longitude, height)
        forward.take(
            max(abs(ours.x - theirs.x), abs(ours.y - theirs.y), abs(ours.z - theirs.z)),
            "\(place) \(height)")
        let back = ours.geodetic
        let exact = exact_geodetic(ours.x, ours.y, ours.z)
        heights[index / 4 % 4 % 2].take(back.height - exact.z, "\(place) \(height)")
        let north = (back.place.latitude - exact.x) * .pi / 180 * (6.4e6 + exact.z)
        let east =
            apart(back.place.longitude, exact.y) * .pi / 180
            * (ours.x * ours.x + ours.y * ours.y).squareRoot()
        places.take((north * north + east * east).squareRoot(), "\(place) \(height)")
    }
    print("geocentric:")
    forward.report("nm", scale: 1e9)
    for worst in heights { worst.report("nm", scale: 1e9) }
    places.report("nm", scale: 1e9)
}

private func compareProjections(_ count: Int) {
    var pairs = Pairs()
    var (utm, utmBack) = (Worst("UTM"), Worst("UTM reversed"))
    var (ups, upsBack) = (Worst("UPS"), Worst("UPS reversed"))
    for index in 0..<count {
        let (any, _) = pairs.next([0, 0, 0, 7, 6, 3][index % 6])
        let polar = any.latitude >= 84 || any.latitude < -80
        if let ours = UTM(any) {
            let exact = exact_utm(any.latitude, any.longitude, Int32(ours.zone))
            utm.take(hypot(ours.easting - exact.easting, ours.northing - exact.northing), "\(any)")
            let back = exact_utm_reverse(
                Int32(ours.zone), ours.isNorthern ? 1 : 0, ours.easting, ours.northing)
            let end = oracle_direct_result(latitude: back.x, longitude: back.y, azimuth: 0)
            utmBack.take(metres(end, ours.coordinate), "\(any)")
        } else if let ours = UPS(any) {
            let exact = exact_utm(any.latitude, any.longitude, 0)
            ups.take(hypot(ours.easting - exact.easting, ours.northing - exact.northing), "\(any)")
            let back = exact_utm_reverse(0, ours.isNorthern ? 1 : 0, ours.easting, ours.northing)
            let end = oracle_direct_result(latitude: back.x, longitude: back.y, azimuth: 0)
            upsBack.take(metres(end, ours.coordinate), "\(any)")
        } else {
            (polar ? ups : utm).report("no grid for \(any)")
        }
    }
    print("projections:")
    for worst in [utm, utmBack, ups, upsBack] { worst.report("nm", scale: 1e9) }
}

private func compareMGRS(_ count: Int) {
    var pairs = Pairs()
    var different = 0
    var unread = 0
    for index in 0..<count {
        let (place, _) = pairs.next([0, 0, 7, 6, 3][index % 5])
        let digits = index % 6
        let theirs = mgrs(place, digits)
        let ours = MGRS(place, digits: digits)
        if ours?.description != theirs {
            different += 1
            if different <= 20 { print("  \(place): \(ours as Any), GeographicLib \(theirs)") }
        }
        let text = ours?.description ?? ""
        guard let read = MGRS(text), read == ours else {
            unread += 1
            if unread <= 20 { print("  \(place): \(text) is not read back") }
            continue
        }
        let exact = oracle_mgrs_reverse(text)
        let back = exact_utm_reverse(exact.zone, exact.northern, exact.easting, exact.northing)
        let end = oracle_direct_result(latitude: back.x, longitude: back.y, azimuth: 0)
        if !(metres(end, read.center) < 1e-8) {
            print("  \(text): its centre is \(read.center), GeographicLib \(back)")
        }
    }
    print("MGRS: \(different) of \(count) different, \(unread) unread")
}

func mgrs(_ place: Coordinate, _ digits: Int) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
        oracle_mgrs(place.latitude, place.longitude, Int32(digits), buffer.baseAddress)
        return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
}

/// Every combination of letters: which squares exist.
private func compareSquares() {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    var counts = ["both": 0, "ours only": 0, "theirs only": 0, "different": 0]
    var examples: [String: [String]] = [:]
    for zone in ["", "01", "02", "03", "04", "05", "06", "31", "32", "60"] {
        for band in letters {
            for column in letters {
                for row in letters {
                    let text = "\(zone)\(band)\(column)\(row)"
                    let ours = MGRS(text)
                    let theirs = oracle_mgrs_reverse(text)
                    var kind = "both"
                    if ours == nil, theirs.zone == -9 { continue }
                    if ours == nil { kind = "theirs only" }
                    if theirs.zone == -9 { kind = "ours only" }
                    if let ours, theirs.zone != -9 {
                        let back = exact_utm_reverse(
                            theirs.zone, theirs.northern, theirs.easting, theirs.northing)
                        let end = oracle_direct_result(
                            latitude: back.x, longitude: back.y, azimuth: 0)
                        if metres(end, ours.center) > 1e-6 { kind = "different" }
                    }
                    counts[kind, default: 0] += 1
                    examples[kind, default: []].append(text)
                }
            }
        }
    }
    print("squares: \(counts)")
    for kind in ["ours only", "theirs only", "different"] {
        print("  \(kind): \(examples[kind, default: []].prefix(400).joined(separator: " "))")
    }
}

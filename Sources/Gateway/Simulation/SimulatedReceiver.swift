// A route, a speed, noise, and satellites that wander across the sky. Its numbers are plausible and
// nothing more; every sentence that can says that they are made up. It must never know where its
// sentences go.

import FairleadNMEAWire

/// Makes the sentences of a receiver that moves along a route.
struct SimulatedReceiver {
    /// The places that it goes to, one after the other, and again.
    let route: [Coordinate]
    /// Metres a second.
    let speed: Double
    /// The standard deviation of its places, in metres.
    let noise: Double
    /// In view; below four there is no fix.
    let satellites: Int

    private var place: Coordinate
    private var next = 0
    private var elapsed = 0.0
    private var epochs = 0

    /// A receiver on a route of two places at least; with one it stands still. Nil without any.
    init?(
        route: [Coordinate] = rounds, speed: Double = 5, noise: Double = 1.5, satellites: Int = 12
    ) {
        guard let first = route.first else { return nil }
        self.route = route
        self.speed = speed
        self.noise = noise
        self.satellites = min(max(satellites, 0), Self.mostSatellites)
        place = first
        next = route.count > 1 ? 1 : 0
    }

    /// Where it goes unless told otherwise: around the harbour of Rotterdam.
    static let rounds = [
        (51.9050, 4.4850), (51.9080, 4.4940), (51.9110, 4.4890), (51.9070, 4.4780),
    ].compactMap { Coordinate(latitude: $0.0, longitude: $0.1) }

    private static let knot = 1852.0 / 3600
    /// GPS has numbers for so many.
    static let mostSatellites = 32
    private var used: Int { hasFix ? min(satellites, 8) : 0 }
    private var hasFix: Bool { satellites >= 4 }

    /// The sentences of the next epoch, so many seconds after the last one.
    mutating func step(
        _ seconds: Double, at now: UTCTime?, _ random: inout any RandomNumberGenerator
    ) -> [UInt8] {
        elapsed += seconds
        let course = advance(speed * seconds)
        let shown = scattered(&random)
        defer { epochs += 1 }
        guard let now, let latitude = Latitude(degrees: shown.latitude, decimals: 5),
            let longitude = Longitude(degrees: shown.longitude, decimals: 5)
        else { return [] }
        // A receiver tells milliseconds.
        let time = NMEATime(
            hour: Int(now.time.hour), minute: Int(now.time.minute),
            second: min(Int(now.time.second), 59),
            nanosecond: Int(now.time.nanosecond) / 10_000_000 * 10_000_000)
        var bytes: [UInt8] = []
        if epochs % 10 == 0 { bytes += notice }
        bytes += rmc(time, now.date, latitude, longitude, course)
        bytes += gga(time, latitude, longitude, &random)
        bytes += gsa()
        if epochs % 5 == 0 { bytes += gsv() }
        return bytes
    }

    /// Goes on along the route; gives the course.
    private mutating func advance(_ metres: Double) -> Double {
        guard route.count > 1 else { return 0 }
        var left = metres
        var course = 0.0
        // At most once around: a route of no length has no end.
        for _ in 0...route.count {
            let way = place.geodesic(to: route[next])
            course = way.initialAzimuth
            if way.distance > left {
                place = place.destination(azimuth: course, distance: left) ?? place
                break
            }
            left -= way.distance
            place = route[next]
            next = (next + 1) % route.count
        }
        return course
    }

    private func scattered(_ random: inout any RandomNumberGenerator) -> Coordinate {
        // A sum of twelve is normal enough.
        let sum = (0..<12).reduce(-6.0) { sum, _ in sum + unit(&random) }
        let distance = noise * sum.magnitude
        return place.destination(azimuth: 360 * unit(&random), distance: distance) ?? place
    }

    /// Above 0 and at most 1.
    private func unit(_ random: inout any RandomNumberGenerator) -> Double {
        Double(random.next() >> 11 &+ 1) / 0x1p53
    }

    private var notice: [UInt8] {
        TXT {
            $0.total = 1
            $0.number = 1
            $0.identifier = 2
            $0.text = "SIMULATED by Fairlead"
        }.serialized(talker: .gps)
    }

    private func rmc(
        _ time: NMEATime?, _ date: NMEADate, _ latitude: Latitude, _ longitude: Longitude,
        _ course: Double
    ) -> [UInt8] {
        RMC {
            $0.time = time
            $0.status = hasFix ? .valid : .warning
            if hasFix {
                $0.latitude = latitude
                $0.longitude = longitude
                $0.speedKnots = NMEANumber(speed / Self.knot, decimals: 2)
                $0.course = NMEANumber(course, decimals: 1)
            }
            $0.date = TwoDigitDate(
                year: Int(date.year % 100), month: Int(date.month), day: Int(date.day))
            $0.mode = .simulator
        }.serialized(talker: .gps)
    }

    private func gga(
        _ time: NMEATime?, _ latitude: Latitude, _ longitude: Longitude,
        _ random: inout any RandomNumberGenerator
    ) -> [UInt8] {
        let altitude = 4 + noise * (unit(&random) - 0.5)
        return GGA {
            $0.time = time
            $0.quality = hasFix ? 8 : 0
            $0.satellitesUsed = UInt16(used)
            guard hasFix else { return }
            $0.latitude = latitude
            $0.longitude = longitude
            $0.hdop = NMEANumber(0.9, decimals: 1)
            $0.altitude = NMEANumber(altitude, decimals: 1)
            $0.geoidSeparation = NMEANumber(43.5, decimals: 1)
        }.serialized(talker: .gps)
    }

    private func gsa() -> [UInt8] {
        GSA {
            $0.selection = "A"
            $0.fix = hasFix ? 3 : 1
            guard hasFix else { return }
            for number in 1...used { $0.satellites.append(UInt16(number)) }
            $0.pdop = NMEANumber(1.7, decimals: 1)
            $0.hdop = NMEANumber(0.9, decimals: 1)
            $0.vdop = NMEANumber(1.4, decimals: 1)
        }.serialized(talker: .gps)
    }

    private func gsv() -> [UInt8] {
        var bytes: [UInt8] = []
        // Without any in view there is one sentence that says so.
        let sentences = max(1, (satellites + 3) / 4)
        for sentence in 0..<sentences {
            bytes += GSV {
                $0.total = UInt16(sentences)
                $0.number = UInt16(sentence + 1)
                $0.inView = UInt16(satellites)
                for place in (sentence * 4)..<max(sentence * 4, min(sentence * 4 + 4, satellites)) {
                    $0.satellites.append(satellite(place))
                }
            }.serialized(talker: .gps)
        }
        return bytes
    }

    /// Each wanders around the sky in some hours; the high ones are strong.
    private func satellite(_ index: Int) -> GSV.Satellite {
        let azimuth = (elapsed / 120 + Double(index) * 360 / Double(satellites))
            .truncatingRemainder(dividingBy: 360)
        let elevation = 10 + Double(index * 37 % 75)
        return GSV.Satellite(
            number: UInt16(index + 1), elevation: NMEANumber(elevation, decimals: 0),
            azimuth: NMEANumber(azimuth.rounded(.down), decimals: 0),
            signalToNoise: NMEANumber(25 + elevation / 4, decimals: 0))
    }
}

// Every field of a fix, from each sentence that gives it, with its unit. A row is the sentences of
// one epoch, and what must be in the fix that they make; fields that nothing says are not computed,
// but for those that say so, which have their own tests below.

import FairleadNMEAWire
import Testing

/// Sentences of one epoch and what its fix says.
struct FixRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bodies: [String]
    let holds: @Sendable (Fix) -> Bool

    init(_ bodies: String..., holds: @escaping @Sendable (Fix) -> Bool) {
        (testDescription, self.bodies, self.holds) = (bodies.joined(separator: " "), bodies, holds)
    }
}

private func isNear(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) < 1e-9 * max(1, abs(expected)) } ?? false
}

private let place = "5210.5000,S,00430.2500,W"
private let noon = "120000.00"

private let rows: [FixRow] = [
    FixRow("GNGGA,\(noon),\(place),4,17,0.6,-3.25,M,45.5,M,1.5,0123") {
        $0.position == Coordinate(latitude: -(52 + 10.5 / 60), longitude: -(4 + 30.25 / 60))
            && $0.mode == .threeDimensional && $0.quality == .rtkFixed && $0.satellitesUsed == 17
            && $0.altitude == -3.25 && $0.geoidSeparation == 45.5
            && $0.ellipsoidalAltitude == 42.25 && $0.dilution.horizontal == 0.6
            && $0.correctionAge == 1.5 && $0.correctionStation == 123
    },
    FixRow("GPGGA,\(noon),\(place),1,08,1.0,,M,,M,,") {
        $0.mode == .twoDimensional && $0.altitude == nil && $0.ellipsoidalAltitude == nil
    },
    FixRow("GPGGA,\(noon),\(place),9,08,1.0,,M,,M,,") { $0.quality == .differential },
    FixRow("GPGGA,\(noon),\(place),1,08,1.0,1.0,M,,M,,0000") { $0.correctionStation == nil },
    FixRow("GNGNS,\(noon),\(place),ARN,09,0.8,10.5,40.25,2.0,0007,S") {
        $0.quality == .rtkFixed && $0.satellitesUsed == 9 && $0.altitude == 10.5
            && $0.ellipsoidalAltitude == 50.75 && $0.correctionAge == 2
            && $0.correctionStation == 7 && $0.position != nil
    },
    FixRow("GPRMC,\(noon),A,\(place),36.0,359.5,251126,2.5,W,D") {
        isNear($0.speed, 18.52) && $0.course == 359.5 && $0.magneticVariation == -2.5
            && $0.quality == .differential && $0.date?.description == "2026-11-25"
            && $0.mode == .twoDimensional
    },
    FixRow("GPRMC,\(noon),A,\(place),36.0,360.0,251126,,,A") { $0.course == 0 },
    FixRow("GPRMC,\(noon),A,\(place),-1.0,400.0,251126,999.0,E,A") {
        $0.speed == nil && $0.course == nil && $0.magneticVariation == nil
    },
    FixRow("GPGLL,\(place),\(noon),A,S") { $0.quality == .simulated && $0.position != nil },
    FixRow("GPGLL,\(place),\(noon),A,A", "GPVTG,12.5,T,10.0,M,10.0,N,18.5,K,A") {
        isNear($0.speed, 18520.0 / 3600) && $0.course == 12.5
    },
    FixRow("GPGLL,\(place),\(noon),A,A", "GPVTG,12.5,T,,M,,N,36.0,K,A") { isNear($0.speed, 10) },
    // A finer speed counts, an equal one of a sentence without a time does not.
    FixRow("GPVTG,1.0,T,,M,7.0,N,,K,A", "GPRMC,\(noon),A,\(place),8.0,9.0,251126,,,A") {
        isNear($0.speed, 8 * 1852.0 / 3600) && $0.course == 9
    },
    FixRow("GPRMC,\(noon),A,\(place),8.0,9.0,251126,,,A", "GPVTG,1.25,T,,M,7.25,N,,K,A") {
        isNear($0.speed, 7.25 * 1852.0 / 3600) && $0.course == 1.25
    },
    FixRow("GPGLL,\(place),\(noon),A,A", "GPGSA,A,3,01,02,03,,,,,,,,,,2.0,1.2,1.6") {
        $0.mode == .threeDimensional && $0.dilution.position == 2 && $0.satellitesUsed == 3
            && $0.dilution.horizontal == 1.2 && $0.dilution.vertical == 1.6
    },
    FixRow("GPGGA,\(noon),\(place),1,08,1.0,1.0,M,,M,,", "GPGSA,A,2,01,02,03,,,,,,,,,,2.0,1.2,1.6")
    {
        $0.mode == .twoDimensional && $0.satellitesUsed == 8
    },
    FixRow("PUBX,00,\(noon),\(place),60.5,D3,2.5,3.5,36.0,77.5,-0.5,4.0,0.9,1.1,0.7,11,0,0") {
        $0.mode == .threeDimensional && $0.quality == .differential
            && $0.ellipsoidalAltitude == 60.5 && $0.altitude == nil && isNear($0.speed, 10)
            && $0.course == 77.5 && $0.climb == 0.5 && !$0.isClimbComputed
            && $0.correctionAge == 4 && $0.dilution.horizontal == 0.9
            && $0.dilution.vertical == 1.1 && $0.dilution.time == 0.7 && $0.satellitesUsed == 11
    },
    FixRow("PUBX,00,\(noon),\(place),60.5,G2,2.5,3.5,0,0,0,,1,1,1,5,0,0") {
        $0.mode == .twoDimensional && $0.quality == .gps
    },
    // The receiver's own height above the ellipsoid stays beside the altitude that comes later.
    FixRow(
        "PUBX,00,\(noon),\(place),60.5,G3,2.5,3.5,0,0,0,,1,1,1,5,0,0",
        "GPGGA,\(noon),\(place),1,08,1.0,15.0,M,,M,,"
    ) { $0.ellipsoidalAltitude == 60.5 && $0.altitude == 15 },
    FixRow("PGRMF,1000,1,251126,\(noon),18,\(place),A,2,36.0,90.0,1.5,0.8") {
        $0.mode == .threeDimensional && isNear($0.speed, 10) && $0.course == 90
            && $0.dilution.position == 1.5 && $0.dilution.time == 0.8
            && $0.dilution.geometric == 1.7
    },
    FixRow("GPGLL,\(place),\(noon),A,A", "PGRMZ,100,f,3") {
        isNear($0.altitude, 30.48) && $0.mode == .threeDimensional
    },
    FixRow("PTNL,GGK,\(noon),112526,\(place),3,06,1.7,EHT-12.5,M") {
        $0.quality == .rtkFixed && $0.ellipsoidalAltitude == -12.5 && $0.satellitesUsed == 6
            && $0.dilution.position == 1.7 && $0.date?.description == "2026-11-25"
    },
    FixRow("PTNL,GGK,\(noon),112526,\(place),3,06,1.7,EHT1e308,M") {
        $0.ellipsoidalAltitude == nil
    },
    FixRow("PSTI,030,\(noon),A,\(place),25.5,1.0,2.0,-0.25,251126,R,1.5,3.0") {
        $0.quality == .rtkFixed && $0.altitude == 25.5 && $0.climb == -0.25
            && $0.correctionAge == 1.5
    },
    FixRow("GPGLL,\(place),\(noon),A,A", "PQTMVEL,1,\(noon),1.0,2.0,-3.0,2.25,63.5,0.1,1.0") {
        $0.speed == 2.25 && $0.course == 63.5 && $0.climb == 3
    },
    FixRow("GPDTM,W72,,0.0,N,0.0,E,0.0,W84", "GPGLL,\(place),\(noon),A,A") { $0.datum == "W72" },
    FixRow("GPDTM,W84,,0.0,N,0.0,E,0.0,W84", "GPGLL,\(place),\(noon),A,A") { $0.datum == nil },
    FixRow("PGRMM,NAD27 Canada", "GPGLL,\(place),\(noon),A,A") { $0.datum == "NAD27 Canada" },
    FixRow("GPGGA,\(noon),\(place),1,08,-5.0,1.0,M,,M,-2,") {
        $0.dilution == Dilution() && $0.errors == nil && $0.correctionAge == nil
    },
]

@Suite struct FixTests {
    @Test(arguments: rows)
    func everyFieldIsWhatTheSentencesSay(row: FixRow) throws {
        let track = Track(row.bodies)
        let fix = try #require(track.positions.last)
        #expect(track.positions.count == 1)
        #expect(row.holds(fix), "\(fix)")
    }

    @Test(arguments: [
        ("A", Fix.Quality.gps), ("D", .differential), ("P", .precise), ("R", .rtkFixed),
        ("F", .rtkFloat), ("E", .deadReckoning), ("M", .manual), ("S", .simulated),
    ])
    func everyModeLetterIsAQuality(letter: String, quality: Fix.Quality) {
        let rmc = Say.rmc("120000", tail: ",,,\(letter)")
        #expect(Track([rmc]).positions.first?.quality == quality)
        let gns = "GNGNS,120000,5210.5,N,00430.25,E,N\(letter)N,05,1.0,1,1,,"
        #expect(Track([gns]).positions.first?.quality == quality)
        let gga = Say.gga("120000", quality: Int(quality.rawValue))
        #expect(Track([rmc, gga]).positions.first?.quality == quality)
    }

    @Test func modeAndDilutionsHoldForTheEpochsWithoutGSA() {
        let bodies = (0..<6).flatMap { second in
            [Say.gga("12000\(second)")] + (second == 0 ? [Say.gsa(2)] : [])
        }
        let fixes = Track(bodies).epochs
        #expect(fixes.allSatisfy { $0.mode == .twoDimensional && $0.dilution.vertical == 1.6 })
        #expect(fixes.map { $0.dilution.horizontal } == [1.2, 1, 1, 1, 1, 1])
        let later = Track(bodies + [Say.gga("120030")]).epochs.last
        #expect(later?.mode == .threeDimensional && later?.dilution.vertical == nil)
    }

    @Test func whenAndWhatWasHeardIsInTheFix() {
        let timed = [(Int64(250), Say.rmc("120000")), (300, Say.gga("120000"))]
        let fix = Track(timed: timed, from: 1_000_000).positions.first
        #expect(fix?.received?.nanosecondsSince1970 == 1_000_250_000_000)
        let pieces = [Array(line(Say.rmc("120000")).utf8)]
        let named = Track(pieces: pieces, device: "mast").events
        #expect(named.count == 2)
        #expect(
            named.allSatisfy {
                switch $0 {
                case .position(let fix): fix.device == "mast"
                case .time(let report): report.device == "mast"
                default: false
                }
            })
    }

    @Test func speedAndClimbAreComputedWhereTheReceiverTellsNone() throws {
        let bodies = (0..<3).map {
            Say.gga("12000\($0 * 2)", place: $0, altitude: "\(10 + $0).0")
        }
        let fixes = Track(bodies).epochs
        #expect(fixes.first?.speed == nil && fixes.first?.climb == nil)
        for fix in fixes.dropFirst() {
            // A minute of arc in two seconds.
            let speed = try #require(fix.speed)
            #expect(abs(speed - 1854.8 / 2) < 1)
            #expect(fix.isSpeedComputed && fix.isClimbComputed && fix.climb == 0.5)
            #expect(fix.course == nil)
        }
    }

    @Test func anAmendedFixHasTheComputedSpeedToo() {
        let bodies = (0..<4).flatMap { second in
            [Say.gga("12000\(second)", place: second)]
                + (second == 2 ? [Say.gll("120002", place: second)] : [])
        }
        let track = Track(bodies)
        #expect(track.positions.contains { $0.isAmended })
        #expect(track.epochs.map { $0.speed != nil } == [false, true, true, true])
        #expect(track.epochs.map { $0.climb != nil } == [false, true, true, true])
    }

    @Test func nothingIsComputedOverALongTime() {
        let fixes = Track([Say.gga("120000"), Say.gga("120030", place: 1)]).epochs
        #expect(fixes.allSatisfy { $0.speed == nil && $0.climb == nil })
    }

    @Test func whatTheReceiverTellsIsNotComputed() {
        let bodies = (0..<3).flatMap {
            [Say.rmc("12000\($0)", place: $0), Say.gga("12000\($0)", place: $0)]
        }
        for fix in Track(bodies).epochs {
            #expect(!fix.isSpeedComputed)
            #expect(isNear(fix.speed, 18520.0 / 3600))
        }
    }
}

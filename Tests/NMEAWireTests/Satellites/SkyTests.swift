// What is seen in the sky, out of GSV and GSA as receivers order them. Sets have one sentence where
// it does not matter that they have more. `used` and `numbers` are those of a sky in the order in
// which the receiver names its satellites.

import FairleadNMEAWire
import Testing

/// A whole set of one sentence.
private func gsv(
    _ satellites: [Int], talker: String = "GP", strength: String = "40", signal: String? = nil
) -> String {
    let fields = satellites.map { ",\($0),45,120,\(strength)" }.joined()
    return "\(talker)GSV,1,1,\(satellites.count)\(fields)" + (signal.map { ",\($0)" } ?? "")
}

private func numbers(_ sky: Sky?) -> [UInt16] { sky?.satellites.map(\.id.number) ?? [] }

private func used(_ sky: Sky?) -> [UInt16] {
    sky?.satellites.filter(\.isUsed).map(\.id.number) ?? []
}

@Suite struct SkyTests {
    @Test func satellitesOfAllSystemsAreOneSky() {
        let bodies = [
            gsv([1, 46]), gsv([65, 3], talker: "GL"), gsv([11], talker: "GA"),
            gsv([19], talker: "GB"), gsv([2], talker: "GQ"), gsv([4], talker: "GI"),
        ]
        let sky = Track(bodies + bodies).skies.last
        #expect(
            sky?.satellites.map(\.id.description) == [
                "GPS 1", "SBAS 133", "GLONASS 1", "GLONASS 3", "Galileo 11", "BeiDou 19", "QZSS 2",
                "NavIC 4",
            ])
        #expect(sky?.satellites.first?.elevation == 45 && sky?.satellites.first?.azimuth == 120)
        #expect(sky?.satellites.first?.strength == 40)
    }

    @Test func aSkyComesWithTheLastSetOfARound() {
        let round = [gsv([1]), gsv([65], talker: "GL"), gsv([11], talker: "GA")]
        let track = Track(round + round + round)
        #expect(track.told.map(\.sentence).suffix(2) == [6, 9])
        #expect(numbers(track.skies.last) == [1, 1, 11])
    }

    @Test func anIncompleteSetIsNotPublished() {
        let whole = ["GPGSV,2,1,05,1,,,,2,,,,3,,,,4,,,", "GPGSV,2,2,05,5,,,"]
        let track = Track(whole + ["GPGSV,2,1,05,6,,,,7,,,,8,,,,9,,,"])
        #expect(track.skies.map { numbers($0) } == [[1, 2, 3, 4, 5]])
        #expect(Track([whole[0], "GPGSV,3,3,09,5,,,"]).skies.isEmpty)
        #expect(Track([whole[1]]).skies.isEmpty)
        #expect(
            Track([whole[0], whole[0], whole[1]]).skies.map { numbers($0) } == [[1, 2, 3, 4, 5]])
        #expect(Track([whole[1], whole[0], "GPGSV,3,2,05,5,,,", whole[1]]).skies.isEmpty)
    }

    @Test func aSetWithoutSatellitesIsAnEmptySky() {
        for empty in ["GPGSV,1,1,00", "GPGSV,0,0,00"] {
            let skies = Track([gsv([1, 2]), empty]).skies
            #expect(skies.map { numbers($0) } == [[1, 2], []])
        }
    }

    @Test func signalsOfOneSatelliteAreMerged() {
        let round = [
            gsv([1, 2], strength: "40", signal: "1"), gsv([2], strength: "35", signal: "6"),
        ]
        let sky = Track(round + round).skies.last
        #expect(numbers(sky) == [1, 2])
        let signals = sky?.satellites.last?.signals.elements ?? []
        #expect(
            signals == [
                SatelliteSignal(id: 1, strength: 40), SatelliteSignal(id: 6, strength: 35),
            ])
        #expect(signals.last?.name(in: .gps) == "L2C-L")
        #expect(sky?.satellites.last?.strength == 40)
    }

    @Test func aSatelliteOfTwoTalkersHasItsSignalOnce() {
        let round = [gsv([1], strength: "40"), gsv([1], talker: "GN", strength: "39")]
        let sky = Track(round + round).skies.last
        #expect(sky?.satellites.map { $0.signals.count } == [1])
    }

    @Test func aSatelliteThatIsNotTrackedHasNoSignal() {
        let sky = Track([gsv([1], strength: "")]).skies.last
        #expect(sky?.satellites.first?.signals.isEmpty == true)
        #expect(sky?.satellites.first?.strength == nil)
    }

    @Test func whatIsBeyondTheSkyIsNotKnown() {
        let sky = Track(["GPGSV,1,1,02,1,91,361,100,2,-5,360,99"]).skies.last
        #expect(sky?.satellites.map(\.elevation) == [nil, -5])
        #expect(sky?.satellites.map(\.azimuth) == [nil, 0])
        #expect(sky?.satellites.map(\.strength) == [nil, 99])
    }

    @Test func theOnesInUseAreKnownWhenGSAComesFirst() {
        let bodies = (0..<3).flatMap {
            [Say.gga("12000\($0)"), Say.gsa(used: "0\($0 + 1)"), gsv([1, 2, 3])]
        }
        let skies = Track(bodies).skies
        #expect(skies.suffix(3).map { used($0) } == [[1], [2], [3]])
        #expect(skies.count == 3)
    }

    @Test func theOnesInUseAreKnownWhenGSVComesFirst() {
        let bodies = (0..<3).flatMap {
            [
                Say.gga("12000\($0)"), gsv([1, 2, 3]), Say.gsa(used: "0\($0 + 1)"),
                Say.rmc("12000\($0)"),
            ]
        }
        let skies = Track(bodies).skies
        #expect(skies.last.map { used($0) } == [3])
        // The very first GSV came before any GSA.
        #expect(skies.map { used($0) } == [[], [1], [2], [3]])
    }

    @Test func theOnesInUseAreThoseOfTheSameCycleBehindAPause() {
        var bodies: [(Int64, String)] = []
        for second in 0..<4 {
            let start = Int64(second) * 1000
            bodies.append((start, gsv([1, 2, 3, 4])))
            bodies.append((start + 10, Say.gsa(used: "0\(second + 1)")))
            bodies.append((start + 20, Say.rmc("12000\(second)")))
        }
        let skies = Track(timed: bodies).skies
        // How long a period is, and so what a pause is, is known from the second epoch on.
        #expect(skies.map { used($0) } == [[], [1], [3], [4]])
    }

    @Test func allGSAOfAnEpochCountTogether() {
        let together = ["01,02", "65", "66,67"].map { Say.gsa(talker: "GN", used: $0) }
        let mixed = [Say.gsa(used: "01,02"), gsv([1, 2]), Say.gsa(talker: "GL", used: "65,66,67")]
        for gsa in [together, mixed] {
            let bodies = (0..<3).flatMap { [Say.gga("12000\($0)")] + gsa + [Say.rmc("12000\($0)")] }
            let track = Track(bodies + [gsv([1, 2]), gsv([65, 66, 67], talker: "GL")])
            #expect(track.skies.last?.used == 5)
        }
    }

    @Test func moreAreUsedThanTheTwoDigitsOfGGASay() {
        let gsa = [
            Say.gsa(talker: "GN", used: (1...12).map { "\($0)" }.joined(separator: ",")),
            Say.gsa(talker: "GN", used: (65...70).map { "\($0)" }.joined(separator: ",")),
        ]
        let bodies = (0..<2).flatMap { [Say.gga("12000\($0)")] + gsa }
        #expect(Track(bodies).positions.map(\.satellitesUsed) == [18, 18])
    }

    @Test func otherSatellitesInUseAreASkyEvenWithoutNewSets() {
        let bodies =
            [gsv([1, 2, 3])]
            + (0..<4).flatMap {
                [Say.gga("12000\($0)"), Say.gsa(used: $0 < 2 ? "01" : "02")]
            }
        #expect(Track(bodies).skies.map { used($0) } == [[], [1], [2]])
    }

    @Test func theNumberInViewIsInTheFix() {
        let bodies = [gsv([1, 2, 3]), gsv([65, 66], talker: "GL"), gsv([3], signal: "6")]
        #expect(Track(bodies + [Say.rmc("120000")]).positions.last?.satellitesSeen == 5)
        #expect(Track([Say.rmc("120000")]).positions.last?.satellitesSeen == nil)
    }

    @Test func satellitesThatAreToldNoMoreVanish() {
        let glonass = [Say.rmc("120000"), gsv([1]), gsv([65], talker: "GL")]
        let later = (1..<30).flatMap { second in
            [Say.rmc("1200\(second < 10 ? "0" : "")\(second)"), gsv([1])]
        }
        let track = Track(glonass + later)
        #expect(track.skies.last?.satellites.map(\.id.description) == ["GPS 1"])
        #expect(track.positions.last?.satellitesSeen == 1)
    }

    @Test func allSatellitesVanishWhenNoneAreTold() {
        let bodies =
            [Say.gsa(), gsv([1]), Say.rmc("120000")]
            + (1..<30).map { Say.rmc("1200\($0 < 10 ? "0" : "")\($0)") }
        let track = Track(bodies)
        #expect(track.skies.last?.satellites.isEmpty == true)
        #expect(track.positions.last?.satellitesSeen == nil)
    }

    @Test func theyVanishWithoutATimeToo() {
        let bodies = [gsv([1]), gsv([65], talker: "GL")] + Array(repeating: gsv([1]), count: 110)
        #expect(Track(bodies).skies.last?.satellites.map(\.id.description) == ["GPS 1"])
    }

    @Test func satellitesOfPUBXAreWholeAtOnce() {
        let bodies = ["PUBX,03,03,5,U,120,45,40,064,133,-,,,,000,211,e,10,20,30,010"]
        let sky = Track(bodies).skies.last
        #expect(sky?.satellites.map(\.id.description) == ["GPS 5", "SBAS 133", "Galileo 1"])
        #expect(sky.map { used($0) } == [5])
    }

    @Test func aFloodOfTalkersIsLimited() {
        let letters = Array("ABCDEFGHIJKLMNOQRSTUVWXYZ")
        let bodies = letters.flatMap { first in
            letters.map { gsv([1, 2, 3], talker: "\(first)\($0)") }
        }
        let sky = Track(bodies + bodies).skies.last
        // Those of AA to BG, of which BD is BeiDou.
        #expect(numbers(sky) == [1, 2, 3, 1, 2, 3])
        #expect(sky?.satellites.allSatisfy { $0.signals.count == 1 } == true)
    }
}

// With which sentence a fix goes out. Numbers are those of the sentences from 1; one below zero is
// an amended fix, 0 the end of the stream.

import FairleadNMEAWire
import Testing

/// So many epochs of one second each: RMC, GGA, and VTG where `hasVTG` says so.
private func cycles(_ hasVTG: [Bool]) -> [String] {
    hasVTG.enumerated().flatMap { second, hasVTG in
        [Say.rmc("12000\(second)"), Say.gga("12000\(second)")] + (hasVTG ? [Say.vtg()] : [])
    }
}

@Suite struct CycleTests {
    @Test func theLastSentenceIsKnownAfterOneCycle() {
        let track = Track(cycles([true, true, true]))
        #expect(track.moments == [4, 6, 9])
        #expect(track.positions.allSatisfy { !$0.isAmended })
    }

    @Test func aShorterCycleIsLearnedInTwo() {
        let track = Track(cycles([true, true, true, false, false, false, false]))
        #expect(track.moments == [4, 6, 9, 12, 14, 15, 17])
    }

    @Test func aLateSentenceAmendsAndIsLearnedInTwoCycles() {
        let track = Track(cycles([false, false, false, true, true, true]))
        #expect(track.moments == [3, 4, 6, 8, -10, 11, -12, 15])
    }

    @Test func aSentenceThatNoiseSwallowsUnlearnsNothing() {
        let track = Track(cycles([true, true, true, false, true, true]))
        #expect(track.moments == [4, 6, 9, 12, 14, 17])
    }

    @Test func cyclesOfTwoLengthsHaveTwoLastSentences() {
        let track = Track(cycles([false, true, false, true, false, true, false]))
        #expect(track.moments == [3, 4, -6, 8, 9, -10, 12, 14, -15, 17])
        #expect(track.epochs.count == 7)
    }

    @Test func aReceiverOfOneSentenceWaitsOnlyOnce() {
        let bodies = (0..<4).map { Say.rmc("12000\($0)") }
        #expect(Track(bodies).moments == [2, 2, 3, 4])
    }

    @Test func theEndOfTheStreamTellsWhatIsThere() {
        #expect(Track([Say.rmc("120000"), Say.gga("120000")]).moments == [0])
    }

    @Test func satellitesInViewDelayNothing() {
        let gsv = "GPGSV,1,1,01,05,40,120,44"
        let bodies = (0..<3).flatMap { [Say.rmc("12000\($0)"), Say.gga("12000\($0)"), gsv] }
        #expect(Track(bodies).moments == [4, 5, 8])
    }

    @Test func aCycleMayBeginWithASentenceWithoutATime() {
        let bodies = (0..<3).flatMap {
            [Say.vtg("1\($0).00"), Say.rmc("12000\($0)", speed: ""), Say.gga("12000\($0)")]
        }
        let track = Track(bodies)
        #expect(track.moments == [4, 6, 9])
        let knots = track.positions.compactMap(\.speed).map { ($0 * 3600 / 1852).rounded() }
        #expect(knots == [10, 11, 12])
    }

    @Test func aCycleMayBeginWithGSA() {
        let gsv = "GPGSV,1,1,01,05,40,120,44"
        let bodies = (0..<3).flatMap {
            [Say.gsa($0 == 1 ? 2 : 3), gsv, Say.rmc("12000\($0)"), Say.gga("12000\($0)")]
        }
        let track = Track(bodies)
        #expect(track.moments == [5, 8, 12])
        let modes = track.positions.map(\.mode)
        #expect(modes == [.threeDimensional, .twoDimensional, .threeDimensional])
    }

    @Test func aPauseShowsWhereACycleBegins() {
        // Heard from the middle of a cycle that begins with VTG.
        var bodies: [(Int64, String)] = [(10, Say.rmc("120000", speed: ""))]
        bodies.append((20, Say.gga("120000")))
        for second in 1...5 {
            let start = Int64(second) * 1000
            bodies.append((start, Say.vtg("1\(second).00")))
            bodies.append((start + 10, Say.rmc("12000\(second)", speed: "")))
            bodies.append((start + 20, Say.gga("12000\(second)")))
        }
        let track = Track(timed: bodies)
        let last = track.positions.suffix(3).map { ($0.speed ?? 0) * 3600 / 1852 }
        #expect(last.map { $0.rounded() } == [13, 14, 15])
        #expect(track.moments.suffix(2) == [14, 17])
    }

    @Test func aSlowLineIsNoPause() {
        // At 4800 baud: each sentence takes a sixth of a second, and VTG comes last.
        var bodies: [(Int64, String)] = []
        for second in 0..<4 {
            let sentences = [
                Say.rmc("12000\(second)"), Say.gga("12000\(second)"), Say.gsa(),
                "GPGSV,1,1,01,05,40,120,44", Say.vtg("1\(second).000"),
            ]
            for (place, body) in sentences.enumerated() {
                bodies.append((Int64(second * 1000 + (place + 1) * 166), body))
            }
        }
        let track = Track(timed: bodies)
        #expect(track.moments == [6, 10, 15, 20])
        #expect(track.movements.isEmpty)
    }

    @Test func manyTalkersAreLearnedAnewAndNothingIsLost() {
        // Without P, which begins the sentences of makers.
        let letters = Array("ABCDEFGHIJKLMNOQRSTUVWXYZ")
        var bodies: [String] = []
        for second in 0..<50 {
            let time = second < 10 ? "12000\(second)" : "1200\(second)"
            bodies += (0..<5).map { place in
                let talker = "\(letters[second % 25])\(letters[place + second / 25])"
                return Say.gga(time, place: second % 30, talker: talker)
            }
        }
        let track = Track(bodies)
        #expect(track.epochs.count == 50)
        #expect(
            track.epochs.enumerated().allSatisfy { second, fix in
                Int(fix.time?.second ?? 0) == second
            })
    }
}

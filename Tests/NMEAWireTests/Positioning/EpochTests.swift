// Where one epoch ends and the next begins: by the times that sentences have, by what comes again,
// and by what must not be taken for either. Each stream is one that receivers or multiplexers make;
// what is told of it is compared epoch by epoch.

import FairleadNMEAWire
import Testing

@Suite struct EpochTests {
    @Test(arguments: [1, 2, 5, 10, 20, 25, 50])
    func everyRateHasItsEpochs(rate: Int) {
        let times = (0..<rate * 2).map { number in
            let hundredths = number % rate * 100 / rate
            return "12000\(number / rate).\(hundredths < 10 ? "0" : "")\(hundredths)"
        }
        let bodies = times.flatMap { [Say.rmc($0), Say.gga($0), Say.vtg()] }
        let track = Track(bodies)
        #expect(track.positions.map { $0.time?.description } == times)
        #expect(track.times.count == times.count)
        #expect(track.moments == [4] + (1..<times.count).map { $0 * 3 + 3 })
    }

    @Test func aTimeThatIsCutIsNoOtherOne() {
        let bodies = (0..<3).flatMap { step in
            [Say.gga("12000\(step).80"), Say.gll("12000\(step)"), Say.rmc("12000\(step).801")]
        }
        let track = Track(bodies)
        #expect(track.positions.map { $0.time?.second } == [0, 1, 2])
        #expect(track.positions.allSatisfy { $0.time?.nanosecond == 800_000_000 })
        // Without a day, the first one is told with RMC.
        #expect(track.times.map { $0.time.time.nanosecond } == [800_000_000, 800_000_000])
    }

    @Test func aSecondCopyOfEverySentenceChangesNothing() {
        let single = (0..<4).flatMap {
            [Say.rmc("12000\($0)"), Say.gga("12000\($0)"), Say.vtg()]
        }
        let track = Track(single.flatMap { [$0, $0] })
        #expect(track.moments == [7, 11, 17, 23])
        #expect(track.positions == Track(single).positions)
    }

    @Test func aSecondThatIsRepeatedHasTwoFixes() {
        let bodies = [0, 1, 1, 3].enumerated().flatMap { place, second in
            [Say.rmc("12000\(second)", place: place), Say.gga("12000\(second)", place: place)]
        }
        let track = Track(bodies)
        #expect(track.positions.map { $0.time?.second } == [0, 1, 1, 3])
        #expect(Set(track.positions.map(\.position)).count == 4)
        #expect(track.times.map(\.time.time.second) == [0, 1, 3])
        #expect(track.positions.allSatisfy { !$0.isSpeedComputed })
    }

    @Test func aReceiverOfRMCThatRepeatsASecondTellsBothPlaces() {
        let track = Track([Say.rmc("120000"), Say.rmc("120000", place: 1), Say.rmc("120001")])
        #expect(track.positions.compactMap(\.position).count == 3)
    }

    @Test func timeThatStepsBackIsFollowed() {
        let bodies = ["120010", "120011", "120005", "120006"].flatMap {
            [Say.rmc($0), Say.gga($0)]
        }
        let track = Track(bodies)
        #expect(track.positions.map { $0.time?.second } == [10, 11, 5, 6])
        #expect(track.times.map(\.time.time.second) == [10, 11, 5, 6])
        #expect(track.positions.allSatisfy { $0.date?.day == 25 })
    }

    @Test func aSystemClockAtBothEndsOfTimeIsEndured() {
        let ends = [Int64.min, .max, 0, .max, .min]
        let assembler = FixAssembler()
        var count = 0
        for (second, end) in ends.enumerated() {
            let received = UTCTime(nanosecondsSince1970: end)
            for content in [Say.rmc("12000\(second)"), Say.vtg()] {
                guard let delivered = Feeding(line(content)).delivered.first else { continue }
                assembler.take(delivered.sentence, from: .gps, at: received) {
                    if case .position = $0 { count += 1 }
                }
            }
        }
        #expect(count >= 4)
    }

    @Test func positionsWithoutATimeEachAreAnEpoch() {
        let bodies = (0..<3).map { "GPGLL,52\(10 + $0).5,N,00430.25,E" }
        let track = Track(bodies)
        #expect(track.moments == [2, 2, 3])
        #expect(Set(track.positions.map(\.position)).count == 3)
    }

    @Test func positionsWithoutATimeBehindOnesWithATimeAreNotSwallowed() {
        let bodies = [Say.rmc("120000")] + (1...3).map { "GPGLL,52\(10 + $0).5,N,00430.25,E" }
        #expect(Set(Track(bodies).positions.compactMap(\.position)).count >= 3)
    }

    @Test func speedsThatComeMoreOftenThanPositionsAreTold() {
        let bodies = (0..<3).flatMap { second in
            [Say.gga("12000\(second)", place: second)] + (1...4).map { Say.vtg("\($0).0") }
        }
        let track = Track(bodies)
        #expect(track.epochs.count == 3)
        #expect(track.movements.count >= 6)
        #expect(track.movements.allSatisfy { $0.position == nil && $0.mode == .none })
    }

    @Test func severalTalkersOfOneTimeAreOneEpoch() {
        let bodies = (0..<3).flatMap { second in
            ["GP", "GL", "GN"].map { Say.gga("12000\(second)", talker: $0) }
        }
        let track = Track(bodies)
        #expect(track.positions.count == 3)
        #expect(track.moments == [4, 6, 9])
    }

    @Test func twoInstrumentsWithClocksOfTheirOwnEachHaveEpochs() {
        let bodies = (1..<5).flatMap { second in
            [
                Say.rmc("12000\(second).00", talker: "GP"),
                Say.rmc("12000\(second - 1).70", place: 1, talker: "II"),
            ]
        }
        let track = Track(bodies)
        #expect(track.epochs.count == 8)
        #expect(
            track.epochs.map { $0.time?.nanosecond == 0 } == [
                true, false, true, false, true, false, true, false,
            ])
    }

    @Test func whatTellsNothingOfAPlaceIsNoEvent() {
        #expect(
            Track([Say.gsa(), "GPGST,120000,1,,,,2,2,3", "GPGBS,120000,2,2,3,,,,"]).told.isEmpty)
    }

    @Test func timeComesBeforeThePositionOfItsEpoch() {
        let bodies = (0..<3).flatMap { [Say.rmc("12000\($0)"), Say.gga("12000\($0)")] }
        let order = Track(bodies).events.map {
            switch $0 {
            case .time(let report): "time \(report.time.time.second) \(report.isFromFix)"
            case .position(let fix): "position \(fix.time?.second ?? 99)"
            default: "other"
            }
        }
        #expect(
            order == [
                "time 0 false", "position 0", "time 1 true", "position 1", "time 2 true",
                "position 2",
            ])
    }

    @Test func anotherReceiverBeginsAnew() {
        let assembler = FixAssembler(device: "a")
        var events: [PositioningEvent] = []
        func take(_ body: String) {
            for one in Feeding(line(body)).delivered {
                assembler.take(one.sentence, from: .gps) { events.append($0) }
            }
        }
        for body in ["GPGSV,1,1,01,05,40,120,44", Say.gsa(), Say.rmc("120000"), "GPTXT,01,01,02,x"]
        {
            take(body)
        }
        assembler.reset()
        events = []
        take(Say.gga("130000"))
        assembler.flush { events.append($0) }
        #expect(events.count == 1)
        guard case .position(let fix)? = events.first else {
            Issue.record("no position")
            return
        }
        #expect(fix.device == "a" && fix.date == nil && fix.satellitesSeen == nil)
    }
}

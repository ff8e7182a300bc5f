import FairleadNMEAWire
import Testing

@Suite struct LogTests {
    @Test(
        .enabled(if: CorpusTests.folder != nil, "../shared/corpus is not there"),
        arguments: CorpusTests.names)
    func everyCutOfALogGivesEqualEvents(name: String) throws {
        let log = try #require(CorpusTests.log(name))
        let whole = Track(pieces: [log])
        var random = SeededRandom(4)
        #expect(Track(pieces: log.map { [$0] }) == whole)
        #expect(Track(pieces: randomCut(log, &random)) == whole)
        #expect(!whole.told.isEmpty)
    }

    @Test(
        .enabled(if: CorpusTests.folder != nil, "../shared/corpus is not there"),
        arguments: CorpusTests.names)
    func noLogHasAPositionWithoutAFix(name: String) throws {
        let track = Track(pieces: [try #require(CorpusTests.log(name))])
        #expect(track.positions.allSatisfy { $0.position != nil && $0.mode >= .twoDimensional })
        #expect(track.losses.allSatisfy { $0.position == nil && $0.mode == .none })
        #expect(track.movements.allSatisfy { $0.position == nil && $0.mode == .none })
    }

    @Test func sentencesCutAnywhereGiveEqualEvents() {
        let bodies = [
            Say.rmc("120000"), Say.gga("120000"), Say.gsa(), "GPGSV,1,1,01,05,40,120,44",
            Say.rmc("120001", "V"), "HEHDT,1.5,T", "GPTXT,01,01,02,MOD=X",
        ]
        let stream = Array(bodies.map { line($0) }.joined().utf8)
        let whole = Track(pieces: [stream])
        #expect(whole.told.count == 7)
        for pieces in cuts(stream) { #expect(Track(pieces: pieces) == whole) }
    }

    @Test func noiseBetweenSentencesInventsNothing() {
        var random = SeededRandom(9)
        let bodies = (0..<9).flatMap { [Say.rmc("12000\($0)"), Say.gga("12000\($0)")] }
        let places = Set(Track(bodies).positions.map(\.position))
        for _ in 0..<200 {
            var stream = Array(bodies.map { line($0) }.joined().utf8)
            for _ in 0..<20 {
                let place = Int.random(in: 0..<stream.count, using: &random)
                stream[place] = UInt8.random(in: 0...255, using: &random)
            }
            let found = Track(pieces: [stream]).positions
            #expect(found.allSatisfy { places.contains($0.position) })
        }
    }
}

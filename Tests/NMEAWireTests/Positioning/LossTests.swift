// What is a loss of fix, and what only looks like one.

import FairleadNMEAWire
import Testing

/// Sentences of one epoch, and whether there is a fix.
struct LossRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bodies: [String]
    let hasFix: Bool

    init(_ name: String, _ bodies: [String], hasFix: Bool) {
        (testDescription, self.bodies, self.hasFix) = (name, bodies, hasFix)
    }
}

private let noon = "120000"
private let gga = Say.gga(noon)
private let rmc = Say.rmc(noon)

private let rows: [LossRow] = [
    LossRow("RMC V", [gga, Say.rmc(noon, "V", tail: ",,")], hasFix: false),
    LossRow("RMC with a position, V", [Say.rmc(noon, "V", tail: ",,,N")], hasFix: false),
    LossRow("RMC A with mode N", [Say.rmc(noon, tail: ",,,N"), gga], hasFix: false),
    LossRow("GLL V", [gga, Say.gll(noon, "V")], hasFix: false),
    LossRow("GLL mode N", ["GPGLL,5210.5,N,00430.25,E,120000,A,N"], hasFix: false),
    LossRow("GGA 0 with a position", [Say.gga(noon, quality: 0)], hasFix: false),
    LossRow("GGA 0 beside RMC A", [rmc, Say.gga(noon, quality: 0)], hasFix: false),
    LossRow("GSA 1", [gga, rmc, Say.gsa(1)], hasFix: false),
    LossRow("GSA 1 before the position", [Say.gsa(1), rmc, gga], hasFix: false),
    LossRow("GNS all N", ["GNGNS,120000,5210.5,N,00430.25,E,NNN,00,,,,,"], hasFix: false),
    LossRow("VTG N", [rmc, gga, Say.vtg(mode: "N")], hasFix: false),
    LossRow(
        "PUBX NF", ["PUBX,00,120000,5210.5,N,00430.25,E,9,NF,1,1,0,0,0,,1,1,1,0,0,0"], hasFix: false
    ),
    LossRow(
        "PUBX time only", ["PUBX,00,120000,5210.5,N,00430.25,E,9,TT,1,1,0,0,0,,1,1,1,0,0,0"],
        hasFix: false),
    LossRow(
        "PTNL GGK 0", ["PTNL,GGK,120000,112526,5210.5,N,00430.25,E,0,00,,EHT1,M"], hasFix: false),
    LossRow(
        "PGRMF 0",
        [
            "PGRMF,1000,1,251126,120000,18,5210.5,N,00430.25,E,A,0,0,0,1,1"
        ], hasFix: false),
    LossRow("empty GGA", ["GPGGA,,,,,,0,,,,M,,M,,"], hasFix: false),
    LossRow("all", [Say.rmc(noon, "V"), Say.gga(noon, quality: 0), Say.gsa(1)], hasFix: false),

    LossRow("nothing said", ["GPGLL,5210.5,N,00430.25,E"], hasFix: true),
    LossRow(
        "a second GSA with 1", [gga, Say.gsa(3, talker: "GN"), Say.gsa(1, talker: "GN", used: "")],
        hasFix: true),
    LossRow(
        "GSA with 1 first", [gga, Say.gsa(1, talker: "GL", used: ""), Say.gsa(2)], hasFix: true),
    LossRow(
        "GLGGA 0 beside GPGGA 1", [gga, Say.gga(noon, quality: 0, talker: "GL")], hasFix: true),
    LossRow(
        "GLGGA 0 before GPGGA 1", [Say.gga(noon, quality: 0, talker: "GL"), gga], hasFix: true),
    LossRow(
        "one system of GNS", ["GNGNS,120000,5210.5,N,00430.25,E,NAN,05,1.0,1,1,,"], hasFix: true),
    LossRow("navigational status V", [Say.rmc(noon, tail: ",,,A,V"), gga], hasFix: true),
    LossRow(
        "VTG N beside VTG A", [rmc, Say.vtg(mode: "N"), "GLVTG,1,T,,M,1,N,1,K,A"], hasFix: true),
    LossRow(
        "dead reckoning", [Say.gga(noon, quality: 6), Say.rmc(noon, tail: ",,,E")], hasFix: true),
    LossRow("an unknown quality", [Say.gga(noon, quality: 12)], hasFix: true),
]

@Suite struct LossTests {
    @Test(arguments: rows)
    func lossIsWhatTheReceiverSays(row: LossRow) {
        let track = Track(row.bodies)
        #expect(track.positions.count == (row.hasFix ? 1 : 0))
        #expect(track.losses.count == (row.hasFix ? 0 : 1))
        for fix in track.losses {
            #expect(fix.mode == .none && fix.position == nil && fix.quality == nil)
            #expect(fix.altitude == nil && fix.ellipsoidalAltitude == nil)
            #expect(fix.speed == nil && fix.course == nil && fix.climb == nil)
        }
        for fix in track.positions { #expect(fix.mode >= .twoDimensional) }
    }

    @Test func aLossBehindAPositionOfTheSameEpochAmendsIt() {
        let good = (0..<2).flatMap { [Say.rmc("12000\($0)"), Say.gga("12000\($0)")] }
        let track = Track(
            good + [rmc, gga, Say.gsa(1)].map { $0.replacing("120000", with: "120002") })
        #expect(track.positions.last?.time?.second == 2)
        #expect(track.losses.map(\.isAmended) == [true])
        #expect(track.epochs.map { $0.position == nil } == [false, false, true])
    }

    @Test func nothingIsComputedFromBeforeALossToAfter() {
        let bodies = [
            Say.gga("120000"), Say.gga("120001", place: 1), Say.gga("120002", quality: 0, place: 2),
            Say.gga("120003", place: 3), Say.gga("120004", place: 4),
        ]
        let epochs = Track(bodies).epochs
        #expect(epochs.map { $0.speed != nil } == [false, true, false, false, true])
        #expect(epochs.map { $0.climb != nil } == [false, true, false, false, true])
    }

    @Test func timeSaysWhetherThereWasAFix() {
        let bodies = [
            Say.rmc("120000", "V", tail: ",,,N"), Say.rmc("120001"), Say.rmc("120002"),
            Say.rmc("120003", "V", tail: ",,,N"), Say.rmc("120004", "V", tail: ",,,N"),
        ]
        #expect(Track(bodies).times.map(\.isFromFix) == [false, false, true, true, false])
    }
}

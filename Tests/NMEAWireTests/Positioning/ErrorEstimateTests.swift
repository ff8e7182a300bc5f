import FairleadNMEAWire
import Testing

@Suite struct ErrorEstimateTests {
    private static func estimate(_ bodies: String..., quality: Int = 1) -> ErrorEstimate? {
        Track([Say.gga("120000", quality: quality)] + bodies).positions.last?.errors
    }

    private static let gst = "GPGST,120000,1.5,3.5,2.5,45.0,3.0,4.0,6.0"

    @Test func statisticsAreTakenAsTheyAre() {
        let errors = Self.estimate(Self.gst)
        #expect(errors?.source == .statistics)
        #expect(errors?.latitude == 3 && errors?.longitude == 4 && errors?.altitude == 6)
        #expect(errors?.horizontal == 5)
        #expect(errors?.semiMajor == 3.5 && errors?.semiMinor == 2.5 && errors?.orientation == 45)
    }

    @Test func withoutAnEstimateDilutionsGiveOneAndSaySo() {
        let errors = Self.estimate(Say.gsa())
        #expect(errors?.source == .dilution)
        #expect(errors?.horizontal == 6 && errors?.altitude == 8)
        let corrected = Self.estimate(Say.gsa(), quality: 2)
        #expect(corrected?.horizontal.map { abs($0 - 1.8) < 1e-12 } == true)
        #expect(Self.estimate(Say.gsa(), quality: 6) == nil)
        #expect(Self.estimate(Say.gsa(), quality: 7) == nil)
    }

    @Test func aMakersEstimateIsKnownAsOne() {
        let garmin = Self.estimate("PGRME,10.0,M,20.0,M,22.0,M")
        #expect(garmin?.source == .maker)
        #expect(garmin?.horizontal.map { abs($0 - 12.011) < 1e-9 } == true)
        let quectel = Self.estimate("PQTMEPE,2,1.0,2.0,3.0,2.25,4.0")
        #expect(quectel?.source == .maker)
        #expect(quectel?.horizontal == 2.25 && quectel?.latitude == 1 && quectel?.altitude == 3)
        let ublox = Track([
            "PUBX,00,120000,5210.5,N,00430.25,E,60.5,G3,2.5,3.5,0,0,0,,1,1,1,5,0,0"
        ]).positions.first?.errors
        #expect(ublox?.source == .maker && ublox?.horizontal == 2.5 && ublox?.altitude == 3.5)
    }

    @Test func whatTheReceiverExpectsCountsLess() {
        let gbs = "GPGBS,120000,6.0,8.0,9.0,,,,"
        #expect(Self.estimate(gbs)?.source == .expected)
        #expect(Self.estimate(gbs)?.horizontal == 10)
        #expect(Self.estimate(gbs, Self.gst)?.source == .statistics)
        #expect(Self.estimate(Self.gst, gbs)?.source == .statistics)
        #expect(Self.estimate(Self.gst, "PGRME,10.0,M,20.0,M,22.0,M")?.source == .statistics)
    }

    @Test func anErrorBelowZeroIsNone() {
        let errors = Self.estimate("GPGST,120000,1.5,,,,-3.0,-4.0,6.0")
        #expect(errors?.latitude == nil && errors?.horizontal == nil && errors?.altitude == 6)
    }
}

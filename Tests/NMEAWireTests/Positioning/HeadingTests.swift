import FairleadNMEAWire
import Testing

@Suite struct HeadingTests {
    private static func heading(_ bodies: String...) -> Heading? { Track(bodies).headings.last }

    @Test(arguments: [
        ("HEHDT,123.5,T", 123.5), ("HEHDT,0,T", 0), ("HEHDT,360.0,T", 0),
        ("GPTHS,77.25,A", 77.25),
        ("PTNL,AVR,120000.00,+149.5,Yaw,+1.0,Tilt,-2.0,Roll,5.0,3,1.5,12", 149.5),
        ("PQTMTAR,1,120000.00,4,,1.0,2.0,3.0,99.5,0.1,0.1,0.1,12", 99.5),
        ("PASHR,120000.00,88.5,T,1.0,-2.0,0.1,0.1,0.1,0.2,1,0", 88.5),
    ])
    func headingsFromTrueNorthAreTaken(body: String, degrees: Double) {
        #expect(Self.heading(body)?.degrees == degrees)
    }

    @Test(arguments: [
        "HEHDT,,T", "HEHDT,361.0,T", "HEHDT,-1.0,T", "GPTHS,77.25,V", "GPTHS,77.25,N",
        "HCHDM,999,M",
        "PTNL,AVR,120000.00,+149.5,Yaw,+1.0,Tilt,-2.0,Roll,5.0,0,1.5,12",
        "PQTMTAR,1,120000.00,0,,1.0,2.0,3.0,99.5,0.1,0.1,0.1,12",
    ])
    func whatIsNoDirectionIsNoHeading(body: String) {
        #expect(Track([body]).headings.isEmpty)
    }

    @Test func rollAndPitchComeWithTheHeading() {
        let heading = Self.heading("PASHR,120000.00,88.5,T,1.5,-2.5,0.1,0.1,0.1,0.2,1,0")
        #expect(heading?.roll == 1.5 && heading?.pitch == -2.5)
    }

    @Test func aMagneticHeadingNeedsTheVariation() {
        #expect(Self.heading("HCHDM,10.0,M")?.magnetic == 10)
        #expect(Self.heading("HCHDM,10.0,M")?.degrees == nil)
        let fromRMC = Self.heading(
            Say.rmc("120000", tail: ",12.5,W,A"), Say.rmc("120001"), "HCHDM,10.0,M")
        #expect(fromRMC?.degrees == 357.5 && fromRMC?.variation == -12.5)
        let own = Self.heading("HCHDG,359.0,2.0,E,4.0,E")
        #expect(own?.magnetic == 1 && own?.degrees == 5 && own?.variation == 4)
        #expect(Self.heading("HCHDG,0.5,1.0,W,,")?.magnetic == 359.5)
        let back = Self.heading("HCHDG,0.0,,,2.0,E", "HEHDT,1.0,T")
        #expect(back?.degrees == 1 && back?.magnetic == 359)
    }

    @Test func headingIsNotCourse() {
        let fix = Track([Say.rmc("120000"), "HEHDT,200.0,T"] + [Say.rmc("120001")]).positions.last
        #expect(fix?.heading == 200 && fix?.course == 45)
        #expect(Track([Say.rmc("120000")]).positions.last?.heading == nil)
    }

    @Test func anOldHeadingIsNotToldAgain() {
        let bodies = ["HEHDT,200.0,T"] + (0..<5).map { Say.rmc("12000\($0)") }
        let headings = Track(bodies).positions.map(\.heading)
        #expect(headings.suffix(3) == [nil, nil, nil])
    }
}

import FairleadNMEAWire
import Testing

@Suite struct IdentityTests {
    @Test func aUbloxReceiverIsKnownByItsLines() {
        let track = Track(
            [
                "u-blox AG - www.u-blox.com", "HW UBX-M8030 00080000", "FWVER=SPG 3.01",
                "MOD=NEO-M8N",
            ]
            .map { "GNTXT,01,01,02,\($0)" })
        let identity = track.identities.last
        #expect(identity?.vendor == "u-blox" && identity?.product == "NEO-M8N")
        #expect(identity?.firmware == "SPG 3.01" && identity?.text == "MOD=NEO-M8N")
        #expect(track.identities.count == 4)
    }

    @Test(arguments: [
        ("PMTK705,AXN_2.51,0002,QUECTEL-L70,1.0", "MediaTek"), ("PMTK011,MTKGPS", "MediaTek"),
        ("PGRME,1.0,M,2.0,M,3.0,M", "Garmin"), ("PUBX,04,120000,251126,1.0,100,18,0,0,0", "u-blox"),
        ("PTNL,AVR,120000.00,+149.5,Yaw,+1.0,Tilt,-2.0,Roll,5.0,3,1.5,12", "Trimble"),
        ("PQTMTAR,1,120000.00,4,,1.0,2.0,3.0,99.5,0.1,0.1,0.1,12", "Quectel"),
        ("PSRFTXT,Version: GSW3.2.2", "SiRF"),
    ])
    func aMakersSentenceSaysWhoMadeIt(body: String, vendor: String) {
        #expect(Track([body, body]).identities.map(\.vendor) == [vendor])
    }

    @Test func modelAndReleaseAreInPMTK705() {
        let identity = Track(["PMTK705,AXN_2.51,0002,QUECTEL-L70,1.0"]).identities.last
        #expect(identity?.product == "QUECTEL-L70" && identity?.firmware == "AXN_2.51 0002")
    }

    @Test func aTextIsCutHoweverItIsMade() {
        // Marks that all belong to one character.
        let marks = String(repeating: "^CC^81", count: 150)
        let text = Track(["GPTXT,01,01,02,a\(marks)"]).identities.last?.text
        #expect(text?.unicodeScalars.count == 128)
    }

    @Test func theSameTextIsNoNews() {
        #expect(
            Track(Array(repeating: "GPTXT,01,01,02,ANTSTATUS=OK", count: 5)).identities.count == 1)
    }
}

import FairleadNMEAWire
import Testing

@Suite struct SatelliteIDTests {
    @Test(arguments: [
        (1, Constellation.gps, "GPS 1"), (32, .gps, "GPS 32"), (33, .gps, "SBAS 120"),
        (64, .gps, "SBAS 151"), (120, .gps, "SBAS 120"), (158, .gps, "SBAS 158"),
        (65, .glonass, "GLONASS 1"), (96, .glonass, "GLONASS 32"), (7, .glonass, "GLONASS 7"),
        (5, .galileo, "Galileo 5"), (36, .galileo, "Galileo 36"), (301, .galileo, "Galileo 1"),
        (5, .beidou, "BeiDou 5"), (64, .beidou, "BeiDou 64"), (201, .beidou, "BeiDou 1"),
        (401, .beidou, "BeiDou 1"), (141, .beidou, "BeiDou 1"), (1, .qzss, "QZSS 1"),
        (193, .qzss, "QZSS 1"), (202, .qzss, "QZSS 10"), (14, .navic, "NavIC 14"),
    ])
    func aNumberMeansWhatItsSystemSays(number: UInt16, system: Constellation, name: String) {
        #expect(SatelliteID(numbered: number, in: system)?.description == name)
    }

    @Test(arguments: [
        (12, "GPS 12"), (46, "SBAS 133"), (88, "GLONASS 24"), (133, "SBAS 133"), (193, "QZSS 1"),
        (211, "BeiDou 11"), (336, "Galileo 36"), (437, "BeiDou 37"),
    ])
    func aNumberWithoutASystemHasTheOlderMeaning(number: UInt16, name: String) {
        #expect(SatelliteID(numbered: number, in: nil)?.description == name)
    }

    @Test(arguments: [0, 97, 119, 159, 280, 300, 337, 400, 465, 65_535])
    func aNumberOfNoRangeIsNoSatellite(number: UInt16) {
        #expect(SatelliteID(numbered: number, in: .gps) == nil)
    }

    @Test func satellitesAreInTheOrderOfTheirSystems() {
        let sorted = [SatelliteID(.glonass, 1), SatelliteID(.gps, 9), SatelliteID(.gps, 2)].sorted()
        #expect(sorted.map(\.description) == ["GPS 2", "GPS 9", "GLONASS 1"])
    }
}

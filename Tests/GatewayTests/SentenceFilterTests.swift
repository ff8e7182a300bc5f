import FairleadWire
import Testing

@testable import FairleadGateway

@Suite struct SentenceFilterTests {
    private let lines = [
        "$GPRMC,1*00", "$GLGSV,1*00", "\\s:x*00\\$IIRMC,1*00", "!AIVDM,1*00", "$PUBX,00*00",
    ]

    private func passed(_ set: (inout SentenceFilter) -> Void) -> [String] {
        var filter = SentenceFilter()
        set(&filter)
        let device = GatewayDevice("/dev/a", source: "serial:auto", isSimulated: false)
        var batch = SentenceBatch()
        for line in lines { batch.append(Array(line.utf8).span) }
        let bytes = filter.apply(to: batch, of: device)
        // The newest cycle is filtered in the same way.
        #expect(filter.apply(to: batch.bytes, of: device) == bytes)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map { String($0) }
    }

    @Test func nothingSetLetsEverythingThrough() {
        #expect(passed { _ in } == lines)
    }

    @Test func sentencesAreChosenByTypeAndTalker() {
        #expect(passed { $0.types = ["RMC"] } == [lines[0], lines[2]])
        #expect(passed { $0.talkers = ["GP", "GL"] } == [lines[0], lines[1]])
        #expect(passed { ($0.types, $0.talkers) = (["RMC"], ["II"]) } == [lines[2]])
        #expect(passed { $0.types = ["PUBX", "VDM"] } == [lines[3], lines[4]])
    }

    @Test func devicesAreChosenByName() {
        #expect(passed { $0.devices = ["/dev/a"] } == lines)
        #expect(passed { $0.devices = ["/dev/b"] } == [])
    }
}

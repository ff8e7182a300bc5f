import FairleadNMEAWire
import Testing

@Suite struct TagBlockTests {
    private func tagged(_ parameters: String) -> TagBlock? {
        let block = line(parameters, first: "\\").dropLast() + "\\"
        let feeding = Feeding(block + line("GPHDT,1.5,T"))
        #expect(feeding.delivered.first?.sentence == .hdt(HDT { $0.heading = 1.5 }))
        return feeding.delivered.first?.tagBlock
    }

    @Test func everyParameterIsRead() {
        let block = tagged("g:1-2-1234,s:r3669961,d:SHORE,c:1120959341,n:7,r:5,t:a b,x:new")
        #expect(block?.group == TagBlock.Group(number: 1, total: 2, identifier: 1234))
        #expect(block?.source == "r3669961" && block?.destination == "SHORE")
        #expect(block?.seconds == 1_120_959_341 && block?.lineCount == 7)
        #expect(block?.relativeTime == 5 && block?.text == "a b")
    }

    @Test func millisecondsAreTold() {
        #expect(tagged("c:1120959341250")?.seconds == 1_120_959_341.25)
    }

    @Test(arguments: [
        "c:", "c:+5", "c:1e9", "c:99999999999999999999", "g:1-2", "g:1-2-3-4", "g:a-b-c",
        "g:4294967296-1-1", "s", ",", "c:5,,", "n:-1",
    ])
    func aBlockThatBreaksItsFormIsNone(parameters: String) {
        #expect(tagged(parameters) == nil)
    }

    @Test func whatIsWrittenReadsBackEqual() {
        var block = TagBlock()
        block.group = TagBlock.Group(number: 1, total: 3, identifier: .max)
        block.time = .max
        block.source = "a\\b*c,d\r\n"
        let bytes = block.serialized + Array(line("GPHDT,1.5,T").utf8)
        let read = Feeding([bytes]).delivered.first?.tagBlock
        #expect(read?.group == block.group && read?.time == .max)
        #expect(read?.source == "a_b_c_d__")
    }
}

import FairleadWire
import Testing

@Suite struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        body(&json)
        return json.text
    }

    @Test func objectsAndArraysHaveTheirCommas() {
        let text = written { json in
            json.object { json in
                json.member("a", 1)
                json.member("none", String?.none)
                json.key("b")
                json.array { json in
                    json.value("x")
                    json.value(true)
                    json.null()
                    json.object { _ in }
                    json.array { _ in }
                    json.raw("[1]".utf8)
                }
                json.member("c", false)
            }
        }
        #expect(text == #"{"a":1,"b":["x",true,null,{},[],[1]],"c":false}"#)
    }

    @Test(arguments: [
        ("", #""""#), ("a\"b\\c", #""a\"b\\c""#), ("\r\n\t", #""\r\n\t""#),
        ("\u{0}\u{1b}\u{7f}", #""\u0000\u001b\u007f""#),
        ("<script>&", #""\u003cscript\u003e\u0026""#), ("äß\u{1F600}", "\"äß\u{1F600}\""),
        ("\u{2028}", "\"\u{2028}\""),
    ])
    func textIsEscaped(text: String, expected: String) {
        #expect(written { $0.value(text) } == expected)
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (-0.5, "-0.5"), (1e300, "1e+300"), (51.925893167, "51.925893167"),
        (.nan, "null"), (-.infinity, "null"), (123456789.0, "123456789"),
    ])
    func aNumberHasTheDigitsThatItNeeds(number: Double, expected: String) {
        #expect(written { $0.value(number) } == expected)
    }

    @Test(arguments: [
        (51.92589316667, 9, "51.925893167"), (1.5, 3, "1.5"), (2.9999, 2, "3"),
        (-0.00001, 3, "0"), (1e300, 2, "1e+300"), (.nan, 2, "null"), (1.25, -3, "1"),
    ])
    func decimalsAreAtMostSoMany(number: Double, decimals: Int, expected: String) {
        #expect(written { $0.value(number, decimals: decimals) } == expected)
    }

    @Test func whatIsLeftAfterRemovingBeginsAnew() {
        var json = JSONWriter()
        json.value(1)
        json.removeAll()
        json.object { $0.member("a", 2.50, decimals: 1) }
        #expect(json.text == #"{"a":2.5}"#)
    }
}

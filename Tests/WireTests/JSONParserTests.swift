import FairleadWire
import Testing

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null), (" true\r\n", .bool(true)), ("false", .bool(false)), ("0", .number(0)),
            ("-0.5e+2", .number(-50)), ("12.25", .number(12.25)), ("1E3", .number(1000)),
            (#""a\"\\\/\b\f\n\r\t""#, .string("a\"\\/\u{8}\u{c}\n\r\t")),
            (#""\u00e4\uD83D\uDE00ß""#, .string("ä\u{1F600}ß")), ("[]", .array([])),
            ("[1, [ ],{}]", .array([.number(1), .array([]), .object([])])),
            (
                #"{"a":1 , "b" : [true]}"#,
                .object([.init("a", .number(1)), .init("b", .array([.bool(true)]))])
            ),
            (
                #"{"class":"WATCH", "nmea":true}"#,
                .object([.init("class", .string("WATCH")), .init("nmea", .bool(true))])
            ),
        ] as [(String, JSONValue)])
    func aTextIsRead(text: String, value: JSONValue) throws {
        #expect(try JSONParser().parse(text) == value)
    }

    @Test(arguments: [
        ("", 0), (" ", 1), ("nul", 3), ("True", 0), ("01", 1), ("-", 0), ("+1", 0), ("1.", 2),
        (".5", 0), ("1e", 2), ("0x10", 1), ("1e999", 5), ("NaN", 0), ("[1,]", 3), ("[1 2]", 3),
        ("[", 1), ("{", 1), (#"{"a"}"#, 4), (#"{"a":}"#, 5), (#"{"a":1,}"#, 7), ("{a:1}", 1),
        ("{'a':1}", 1), (#""abc"#, 4), ("\"a\nb\"", 2), (#""\x""#, 2), (#""\u12G4""#, 5),
        (#""\uD800""#, 7), (#""\uD800\u0041""#, 13), (#""\uDC00""#, 7), ("1 2", 2),
        ("[1] x", 4), ("\u{FEFF}1", 0),
    ])
    func whatIsNotJSONIsAnErrorAtItsPlace(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONParser().parse(text) }
        #expect(error?.offset == offset, "\(text): \(error?.description ?? "")")
    }

    @Test func textThatIsNotUTF8IsRefused() {
        let bytes: [UInt8] = [0x22, 0xC3, 0x28, 0x22]
        #expect(throws: JSONError.self) { try JSONParser().parse(bytes.span) }
    }

    /// H16: a million brackets are an error, and no deep stack.
    @Test func depthAndNumberOfValuesAreLimited() throws {
        let parser = JSONParser()
        let deep = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        _ = try parser.parse(deep)
        #expect(throws: JSONError.self) {
            try parser.parse(String(repeating: "[", count: 1_000_000))
        }
        let many = "[" + String(repeating: "1,", count: 100_000) + "1]"
        #expect(throws: JSONError.self) { try parser.parse(many) }
    }

    @Test func everyTextCutShortIsAnErrorAndNeverATrap() throws {
        let text = #"{"a":[1.5e-3,"x\u00e4\uD83D\uDE00",{"b":null}],"c":true}"#
        _ = try JSONParser().parse(text)
        let bytes = Array(text.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONError.self) {
                try JSONParser().parse(Array(bytes.prefix(count)).span)
            }
        }
    }

    @Test func whatTheWriterWritesIsReadBack() throws {
        var json = JSONWriter()
        json.object { json in
            json.member("text", "<\u{0}\u{7f}\"\\\n\u{1F600}>")
            json.member("number", -12.5, decimals: 3)
            json.member("whole", Int.max)
            json.key("list")
            json.array { $0.null() }
        }
        let value = try JSONParser().parse(json.bytes.span)
        #expect(value["text"]?.string == "<\u{0}\u{7f}\"\\\n\u{1F600}>")
        #expect(value["number"]?.number == -12.5)
        #expect(value["whole"]?.number == 9.223372036854775807e18)
        #expect(value["list"]?.array == [.null])
        #expect(value["missing"] == nil)
    }
}

import FairleadWire
import Testing

@Suite struct EndpointGrammarTests {
    @Test(arguments: [
        ("tcp:8000", ["8000"]),
        ("tcp:8000:interface=127.0.0.1", ["8000", "interface=127.0.0.1"]),
        ("unix:/run/a\\:b", ["/run/a:b"]),
        ("unix:/run/a\\=b", ["/run/a=b"]),
        ("unix:a\\\\b", ["a\\b"]),
        ("tcp:[::1]:80", ["::1", "80"]),
        ("tcp:interface=[fe80::1]:80", ["interface=fe80::1", "80"]),
        ("exec:a=b=c", ["a=b=c"]),
        ("x:a[b]", ["a[b]"]),
        ("stdio:", [""]),
        ("stdio", []),
        ("x:\u{301}a", ["\u{301}a"]),
    ])
    func readsKindAndArguments(_ text: String, _ expected: [String]) throws {
        let string = try EndpointString(text)
        let found = string.arguments.map { ($0.key.map { $0 + "=" } ?? "") + $0.value }
        #expect(found == expected)
        #expect(string.kind == String(text.prefix { $0.isASCII && $0.isLetter }))
    }

    @Test func columnsCountFromOneAndNameWhereAnArgumentBegins() throws {
        let string = try EndpointString("tcp:é\\:x:port=80")
        #expect(string.arguments.map(\.column) == [5, 10])
        #expect(string.text(from: 10) == "port=80")
    }

    @Test(arguments: [
        ("", 1), (":8000", 1), ("a=b:c", 1), ("tcp:80\\", 7), ("tcp:[::1", 5),
        (String(repeating: "x", count: 4097), 1),
    ])
    func aStringThatIsNoneNamesItsColumn(_ text: String, _ column: Int) {
        let error = #expect(throws: EndpointStringError.self) { try EndpointString(text) }
        #expect(error?.column == column)
        #expect(error?.text == text)
    }

    @Test func anErrorReadsAsASentence() throws {
        let error = EndpointStringError(
            "tpc:8000", part: "kind \"tpc\"", column: 1, expected: "one of tcp, unix",
            suggestion: "tcp")
        #expect(
            "\(error)" == "\"tpc:8000\", column 1: kind \"tpc\": expected one of tcp, unix; "
                + "did you mean \"tcp\"?")
        let moved = error.moved(into: "haproxy:tpc:8000", at: 9)
        #expect(moved.column == 9 && moved.text == "haproxy:tpc:8000")
    }

    @Test func argumentsAreTakenByPlaceOrName() throws {
        for text in ["x:host:80", "x:host:port=80", "x:port=80:host", "x:port=80:host=host"] {
            var arguments = EndpointArguments(try EndpointString(text))
            let host = try arguments.required("host", "a host").value
            let port = try arguments.requiredNumber("port", in: 1...65535)
            try arguments.finish()
            #expect(host == "host" && port == 80)
            #expect(arguments.known == ["host", "port"])
        }
    }

    @Test(arguments: [
        ("x:1:sped=3", 5, "speed"), ("x:1:speed=3:speed=4", 13, nil), ("x:1:2", 5, nil),
        ("x:1:speed=-3", 5, nil), ("x:1:speed=99999999999999999999", 5, nil), ("x:", 3, nil),
        ("x:1:pause=5y", 5, nil), ("x:1:on=maybe", 5, nil), ("x:1:color=gren", 5, "green"),
        ("x:1:mode=888", 5, nil), ("x", 2, nil),
    ])
    func aWrongArgumentNamesItsColumn(_ text: String, _ column: Int, _ suggestion: String?)
        throws
    {
        let error = #expect(throws: EndpointStringError.self) {
            var arguments = EndpointArguments(try EndpointString(text))
            _ = try arguments.required("first", "something")
            _ = try arguments.number("speed", in: 0...100)
            _ = try arguments.duration("pause")
            _ = try arguments.flag("on")
            _ = try arguments.choice("color", of: [("red", 1), ("green", 2)])
            _ = try arguments.mode("mode")
            try arguments.finish()
        }
        #expect(error?.column == column)
        #expect(error?.suggestion == suggestion)
    }

    @Test func durationsHaveUnits() throws {
        let expected: [(String, Duration)] = [
            ("5", .seconds(5)), ("0.5", .milliseconds(500)), ("500ms", .milliseconds(500)),
            ("2s", .seconds(2)), ("3m", .seconds(180)), ("1h", .seconds(3600)),
        ]
        for (text, duration) in expected {
            var arguments = EndpointArguments(try EndpointString("x:t=\(text)"))
            let read = try arguments.duration("t")
            #expect(read == duration)
        }
    }

    @Test func aWrappedStringIsTheRestAsItWasWritten() throws {
        var arguments = EndpointArguments(
            try EndpointString("haproxy:timeout=3:unix:/a\\:b:timeout=9"))
        let (text, column) = try arguments.rest("server", "a server string")
        let timeout = try arguments.duration("timeout")
        try arguments.finish()
        #expect(text == "unix:/a\\:b:timeout=9" && column == 19)
        #expect(timeout == .seconds(3))
    }

    @Test func whatIsBuiltIsReadBackTheSame() throws {
        var random = WireSeeded(7)
        let alphabet = Array(":=\\[]%a1.-/é\u{301}\u{200D}😀\n\r ".unicodeScalars)
        func text(_ most: Int) -> String {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...most, using: &random) {
                if let scalar = alphabet.randomElement(using: &random) { scalars.append(scalar) }
            }
            return String(scalars)
        }
        for _ in 0..<5000 {
            let parts: [(key: String?, value: String)] = (0..<Int.random(in: 0...4, using: &random))
                .map { _ in (Bool.random(using: &random) ? "k" + text(3) : nil, text(8)) }
            let built = EndpointString(kind: "k" + text(4), parts)
            let read = try EndpointString(built.source)
            #expect(Array(read.kind.utf8) == Array(built.kind.utf8))
            #expect(read.arguments == built.arguments)
            #expect(
                try EndpointString(read.description).arguments.map(\.value) == parts.map(\.value))
        }
    }

    @Test func anyTextGivesAValueOrAColumnInsideIt() {
        var random = WireSeeded(11)
        let alphabet = Array(":=\\[]tcp8é\u{301}\u{0}\n".unicodeScalars)
        for _ in 0..<20_000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                if let scalar = alphabet.randomElement(using: &random) { scalars.append(scalar) }
            }
            let text = String(scalars)
            do {
                let string = try EndpointString(text)
                #expect(!string.kind.isEmpty)
            } catch {
                #expect((1...text.unicodeScalars.count + 1).contains(error.column))
            }
        }
    }

    @Test func theNearestNameIsAtMostTwoSlipsAway() {
        let kinds = ["tcp", "tcp6", "unix", "udp", "serial", "systemd", "haproxy"]
        #expect(nearestName(to: "tpc", in: kinds) == "tcp")
        #expect(nearestName(to: "UNIX", in: kinds) == "unix")
        #expect(nearestName(to: "seriel", in: kinds) == "serial")
        #expect(nearestName(to: "sys", in: kinds) == "systemd")
        #expect(nearestName(to: "quic", in: kinds) == nil)
        #expect(nearestName(to: "", in: kinds) == nil)
    }
}

/// A random number generator that gives the same numbers for the same seed (SplitMix64).
struct WireSeeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

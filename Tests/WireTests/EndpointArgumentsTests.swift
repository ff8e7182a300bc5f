// Every reader of endpoint arguments: what it takes, what is missing, given twice, wrong, out of
// range, unknown or left over, each with the part, the column and what was expected. Kinds of
// endpoints do not matter here: they are tested where they are opened.
import FairleadWire
import Testing

@Suite struct EndpointArgumentsTests {
    static func arguments(_ text: String) throws -> EndpointArguments {
        EndpointArguments(try EndpointString(text))
    }

    /// What reading `text` throws, or nil.
    static func failure(
        _ text: String, _ read: (inout EndpointArguments) throws -> Void
    ) throws -> EndpointStringError? {
        var arguments = try arguments(text)
        do { try read(&arguments) } catch let error as EndpointStringError { return error }
        return nil
    }

    @Test(arguments: [
        "tcp:host:80", "tcp:port=80:host", "tcp:host=host:port=80", "tcp:host=host:80",
    ])
    func positionalArgumentsMayBeGivenByName(text: String) throws {
        var arguments = try Self.arguments(text)
        #expect(try arguments.required("host", "a host name").value == "host")
        #expect(try arguments.requiredNumber("port", in: 1...65_535) == 80)
        #expect(try arguments.take("more") == nil)
        try arguments.finish()
    }

    @Test(arguments: [
        ("tcp", "port", 4), ("tcp:", "port \"\"", 5), ("tcp:port=", "port \"\"", 5),
        ("tcp:timeout=5", "port", 14), ("tcp:0", "port \"0\"", 5),
        ("tcp:65536", "port \"65536\"", 5),
        ("tcp:080", "port \"080\"", 5), ("tcp:-1", "port \"-1\"", 5), ("tcp:+1", "port \"+1\"", 5),
        ("tcp:a:80", "port \"a\"", 5),
        ("tcp:99999999999999999999", "port \"99999999999999999999\"", 5),
    ])
    func aRequiredNumberIsNamedWithItsRange(text: String, part: String, column: Int) throws {
        let error = try Self.failure(text) { _ = try $0.requiredNumber("port", in: 1...65_535) }
        #expect(error?.part == part)
        #expect(error?.column == column)
        #expect(error?.expected == "a number from 1 to 65535")
    }

    @Test func aRequiredTextIsNamedWithItsMeaning() throws {
        for (text, column) in [("unix", 5), ("unix:mode=660", 14), ("unix:", 6), ("u\u{301}x", 4)] {
            let error = try Self.failure(text) { _ = try $0.required("path", "a path") }
            #expect(error?.column == column)
            #expect(error?.expected == "a path")
        }
    }

    @Test func aKeyGivenTwiceIsShownAtItsSecondPlace() throws {
        for read: (inout EndpointArguments) throws -> Void in [
            { _ = try $0.takeKey("mode") }, { _ = try $0.take("mode") },
            { _ = try $0.text("mode") }, { _ = try $0.mode("mode") }, { _ = try $0.flag("mode") },
            { _ = try $0.number("mode", in: 0...9) }, { _ = try $0.duration("mode") },
            { _ = try $0.required("mode", "a mode") },
        ] {
            let error = try Self.failure("unix:mode=1:/x:mode=2", read)
            #expect(error?.part == "mode \"2\"")
            #expect(error?.column == 16)
            #expect(error?.expected == "it only once")
        }
    }

    @Test func numbersByKeyHaveARange() throws {
        var arguments = try Self.arguments("tcp:a=0:b=512:c=3")
        #expect(try arguments.number("a", in: 0...0) == 0)
        #expect(try arguments.number("b", in: 1...1024) == 512)
        #expect(try arguments.number("absent", in: 1...2) == nil)
        let error = try Self.failure("tcp:c=3") { _ = try $0.number("c", in: 4...5) }
        #expect(error?.description.contains("c \"3\": expected a number from 4 to 5") == true)
        let huge = try Self.failure("tcp:c=9223372036854775808") {
            _ = try $0.number("c", in: 0...Int.max)
        }
        #expect(huge?.part == "c \"9223372036854775808\"")
    }

    @Test func textByKeyIsTakenAsItIs() throws {
        var arguments = try Self.arguments(#"tcp:name=a\:b:empty="#)
        #expect(try arguments.text("name") == "a:b")
        #expect(try arguments.text("empty") == "")
        #expect(try arguments.text("name") == nil)
    }

    @Test(
        arguments: [
            ("1", true), ("yes", true), ("true", true), ("on", true), ("YES", true),
            ("0", false), ("no", false), ("false", false), ("off", false), ("Off", false),
            ("", nil), ("2", nil), ("y", nil), ("yes ", nil),
        ] as [(String, Bool?)])
    func switchesHaveFourSpellingsEach(word: String, value: Bool?) throws {
        var arguments = try Self.arguments("tcp:reusePort=" + word)
        if let value {
            #expect(try arguments.flag("reusePort") == value)
            #expect(try arguments.flag("reusePort") == nil)
        } else {
            let error = try Self.failure("tcp:reusePort=" + word) { _ = try $0.flag("reusePort") }
            #expect(error?.column == 5)
            #expect(error?.expected == "1 or 0 (yes, no, true, false, on, off)")
        }
    }

    @Test(
        arguments: [
            ("5", .seconds(5)), ("0", .zero), ("0.5", .milliseconds(500)),
            (".5", .milliseconds(500)),
            ("500ms", .milliseconds(500)), ("2s", .seconds(2)), ("3m", .seconds(180)),
            ("1.5h", .seconds(5400)), ("1.001", .milliseconds(1001)), ("0.1ms", .microseconds(100)),
            ("31536000", .seconds(31_536_000)), ("8760h", .seconds(31_536_000)),
        ] as [(String, Duration)])
    func durationsAreSecondsOrHaveAUnit(text: String, duration: Duration) throws {
        var arguments = try Self.arguments("tcp:timeout=" + text)
        #expect(try arguments.duration("timeout") == duration)
        #expect(try arguments.duration("timeout") == nil)
    }

    @Test(arguments: [
        "", "s", "ms", ".", "-1", "+1", "1e3", "0x10", "inf", "nan", "1.2.3", "5 s", "5d", "5S",
        "1_0", "\u{0665}", "5\u{301}", "31536001", "8761h", "99999999999999999999999999",
        String(repeating: "9", count: 500),
    ])
    func refusesOtherDurations(text: String) throws {
        let error = try Self.failure("tcp:timeout=" + text) { _ = try $0.duration("timeout") }
        #expect(error?.part == "timeout \"\(text)\"")
        #expect(error?.expected.contains("a duration such as 5, 0.5") == true)
    }

    @Test func aChoiceIsOneOfItsWords() throws {
        let values = [("none", 0), ("even", 1), ("odd", 2)]
        var arguments = try Self.arguments("serial:parity=odd")
        #expect(try arguments.choice("parity", of: values) == 2)
        #expect(try arguments.choice("parity", of: values) == nil)
        let error = try Self.failure("serial:parity=evne") {
            _ = try $0.choice("parity", of: values)
        }
        #expect(error?.part == "parity \"evne\"")
        #expect(error?.expected == "one of none, even, odd")
        #expect(error?.suggestion == "even")
        #expect(error?.column == 8)
    }

    @Test(
        arguments: [("660", 0o660), ("0660", 0o660), ("7777", 0o7777), ("0", 0)]
            as [(String, UInt32)])
    func permissionBitsAreOctal(text: String, mode: UInt32) throws {
        var arguments = try Self.arguments("unix:/x:mode=" + text)
        #expect(try arguments.mode("mode") == mode)
        #expect(try arguments.mode("mode") == nil)
    }

    @Test(arguments: ["", "8", "66a", "00660", "-1", "rw-", "\u{0666}"])
    func refusesOtherPermissionBits(text: String) throws {
        let error = try Self.failure("unix:/x:mode=" + text) { _ = try $0.mode("mode") }
        #expect(error?.expected == "permission bits in octal, such as 660")
        #expect(error?.column == 9)
    }

    @Test(arguments: [
        ("haproxy:tcp:8080", "tcp:8080"),
        (#"haproxy:unix:/a\:b:mode=660"#, #"unix:/a\:b:mode=660"#),
        ("haproxy:tcp:[::1]:80:backlog=5", "tcp:[::1]:80:backlog=5"),
        ("haproxy:u\u{301}:\u{301}x", "u\u{301}:\u{301}x"),
    ])
    func theRestIsAnEndpointStringAsItWasWritten(text: String, rest: String) throws {
        var arguments = try Self.arguments(text)
        #expect(
            try Array(arguments.rest("server", "a server endpoint").text.utf8) == Array(rest.utf8))
        try arguments.finish()
    }

    @Test func theRestBeginsAfterWhatWasTaken() throws {
        var arguments = try Self.arguments("tls:cert.pem:key=k.pem:tcp:443:key=inner")
        #expect(try arguments.take("certificate")?.value == "cert.pem")
        #expect(try arguments.rest("server", "a server endpoint").text == "tcp:443:key=inner")
        #expect(try arguments.text("key") == "k.pem")
        try arguments.finish()
    }

    @Test func aMissingRestIsNamedAtTheEnd() throws {
        for text in ["haproxy", "haproxy:", "haproxy:mode=1"] {
            let error = try Self.failure(text) { _ = try $0.rest("server", "a server endpoint") }
            #expect(error?.column == text.count + 1)
            #expect(error?.expected == "a server endpoint")
        }
    }

    @Test func unknownKeysAreRefusedWithASuggestion() throws {
        let error = try Self.failure("tcp:80:bcklog=5:x=1") {
            _ = try $0.requiredNumber("port", in: 0...99)
            _ = try $0.number("backlog", in: 0...99)
            _ = try $0.text("interface")
            try $0.finish()
        }
        #expect(error?.part == "key \"bcklog\"")
        #expect(error?.column == 8)
        #expect(error?.expected == "one of port, backlog, interface")
        #expect(error?.suggestion == "backlog")
        let keyless = try Self.failure("stdio:a=1") { try $0.finish() }
        #expect(keyless?.expected == "no keys")
        #expect(keyless?.suggestion == nil)
    }

    @Test func furtherArgumentsAreRefused() throws {
        let error = try Self.failure("tcp:80:81") {
            _ = try $0.requiredNumber("port", in: 0...99)
            try $0.finish()
        }
        #expect(error?.part == "\"81\"")
        #expect(error?.column == 8)
        #expect(error?.expected == "no further argument of tcp")
        let byName = try Self.failure("tcp:80:port=81") {
            _ = try $0.requiredNumber("port", in: 0...99)
            try $0.finish()
        }
        #expect(byName?.part == "\"80\"")
    }
}

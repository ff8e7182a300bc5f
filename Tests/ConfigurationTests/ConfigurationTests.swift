// A configuration file is read whole: what it says, and all that is wrong with it, each fault with
// its line and column and what was expected. The last tests give it what nobody would write, and
// files that are broken at random.

import FairleadEngine
import FairleadGateway
import Testing

@testable import FairleadConfiguration

@Suite struct ConfigurationTests {
    private static let whole = """
        # A boat.
        sources:
          - serial:auto
          - "gpsd:mast:2947"
        prefer: [/dev/gps0]
        outlets:
          - nmea: tcp:10110:interface=127.0.0.1
            sentences: [RMC, GGA]
            talkers: GP
          - gpsd: tcp:2947:interface=127.0.0.1
          - web=tcp:8080
          - bot: "#gps@tcp:irc.example.net:6667"
            interval: 1h
            distance: 500
        log:
          level: warning
          format: json
        state: /var/lib/fairlead

        """

    @Test func aWholeFileIsRead() throws {
        let (configuration, faults) = Configuration.read(Self.whole)
        #expect(faults == [])
        let plan = configuration.plan
        #expect(plan.sources == ["serial:auto", "gpsd:mast:2947"])
        #expect(plan.preferred == ["/dev/gps0"])
        #expect(plan.state == "/var/lib/fairlead")
        #expect(configuration.logLevel == .warning && configuration.logFormat == .json)
        let outlets = try #require(plan.outlets)
        #expect(outlets.map(\.kind) == ["nmea", "gpsd", "web", "bot"])
        #expect(outlets[0].settings == ["sentences": ["RMC", "GGA"], "talkers": ["GP"]])
        #expect(outlets[3].settings == ["interval": ["1h"], "distance": ["500"]])
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "---\n...\n", "\n\n", "~\n"])
    func anEmptyFileIsTheUsualGateway(text: String) {
        let (configuration, faults) = Configuration.read(text)
        #expect(faults == [] && configuration == Configuration())
    }

    @Test(arguments: [
        (
            "source:\n  - serial:auto\n",
            [
                "1:1: source: expected one of the keys sources, prefer, "
                    + "outlets, log, state, speeds; did you mean \"sources\"?"
            ]
        ),
        (
            "sources: serial:auto\n",
            ["1:10: sources: expected a list: each entry on a line that begins with a dash"]
        ),
        (
            "sources:\n  - tcp:localhost:99999\n",
            ["2:19: sources[0]: port \"99999\": expected a number from 1 to 65535"]
        ),
        ("sources:\n  - 'serail:/dev/x'\n", ["2:6: sources[0]: kind \"serail\": expected one of"]),
        (
            "sources: [serial:auto, serial:auto]\n",
            ["1:24: sources[1]: expected each source only once"]
        ),
        (
            "outlets:\n  - nmea: tcp:10110\n    sentence: RMC\n",
            [
                "3:5: outlets[0].sentence: expected one of devices, sentences, talkers; "
                    + "did you mean \"sentences\"?"
            ]
        ),
        (
            "outlets:\n  - nmea: tcp:10110\n    sentences: [RMC, rmc]\n",
            ["3:16: outlets[0].sentences: expected names such as RMC, not \"rmc\""]
        ),
        (
            "outlets:\n  - bot: #gps@tcp:localhost:6667\n",
            ["2:9: outlets[0].bot: expected a text; one that begins with # stands in quotes"]
        ),
        (
            "outlets:\n  - gspd: tcp:2947\n",
            [
                "2:5: outlets[0]: expected one of the keys nmea, gpsd, "
            ]
        ),
        ("outlets: [nmea]\n", ["1:11: outlets[0]: expected KIND=ENDPOINT with one of nmea"]),
        (
            "outlets:\n  - irc: tcp:6667\n    interval: soon\n",
            ["3:15: outlets[0].interval: expected a duration such as 5, 500ms, 2s, 3m, 1h or 7d"]
        ),
        ("log: {level: loud}\n", ["1:14: log.level: expected one of debug, info, warning, error"]),
        ("state: here\n", ["1:8: state: expected a path from the root"]),
        ("a: 1\nb: [\n", ["YAML: expected valid YAML"]),
        ("sources:\n\t- x\n", ["YAML: expected valid YAML"]),
        ("log: {}\nlog: {}\n", ["YAML: expected log only once"]),
        ("sources: &a [x]\nprefer: *a\n", ["1:10: YAML: expected no anchors and aliases"]),
        (
            "log: [1, 2]\nprefer: {a: b}\n",
            ["1:6: log: expected a mapping", "2:9: prefer: expected a text"]
        ),
    ])
    func eachFaultHasItsPlaceAndWhatWasExpected(text: String, expected: [String]) {
        let faults = Configuration.read(text).faults.map(\.description)
        #expect(faults.count == expected.count, "\(faults)")
        for (fault, part) in zip(faults, expected) {
            #expect(fault.contains(part), "\(fault)")
        }
    }

    @Test func allFaultsAreToldAtOnceInTheOrderOfTheLines() {
        let text = """
            sorces: []
            outlets:
              - nmea: tcp:70000
              - web: tcp:8080
                host: x
            log: {format: xml}
            state: 5
            """
        let faults = Configuration.read(text).faults
        #expect(faults.map(\.place.line) == [1, 3, 5, 6, 7])
    }

    @Test func quotesAndCommentsMayHoldWhatAnAliasLooksLike() {
        let text = "# *a &b\nprefer: ['*a', \"&b \\\" *c\", a*b, c&d]\n"
        let (configuration, faults) = Configuration.read(text)
        #expect(faults == [])
        #expect(configuration.plan.preferred == ["*a", "&b \" *c", "a*b", "c&d"])
    }

    @Test func whatIsTooMuchIsAFaultAndEndsSoon() {
        let many = "sources:\n" + (0..<300).map { "  - tcp:h:\($0 + 1)\n" }.joined()
        #expect(Configuration.read(many).faults.map(\.expected) == ["at most 256 entries"])
        let long = String(repeating: "#\n", count: Configuration.maximumSize)
        #expect(Configuration.read(long).faults.map(\.part) == ["file"])
        for deep in ["[", "{a: ", "- ", "? "] {
            let text = String(repeating: deep, count: 20_000)
            #expect(!Configuration.read(text).faults.isEmpty)
        }
    }

    /// The example is the documentation: as it stands, and with all that is possible, it is right,
    /// and nothing that can be set is missing in it.
    @Test func theExampleIsRightAndWhole() throws {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bytes = try PosixKernel().readFile("/\(folder)/fairlead.example.yaml", atMost: 65536)
        let text = String(decoding: bytes, as: UTF8.self)
        let (plain, faults) = Configuration.read(text)
        #expect(faults == [])
        #expect(plain.plan.sources == ["serial:auto"])
        #expect(plain.plan.outlets == OutletTable.usual(state: nil))
        let full = text.replacing("#-", with: "")
        let (configuration, more) = Configuration.read(full)
        #expect(more == [])
        let outlets = try #require(configuration.plan.outlets)
        for kind in OutletTable.kinds {
            let own = outlets.filter { $0.kind == kind.name }
            #expect(!own.isEmpty, "\(kind.name)")
            for setting in kind.settings {
                #expect(full.contains("\(setting.name):"), "\(setting.name) of \(kind.name)")
            }
        }
        #expect(configuration.logFormat == .json && configuration.plan.speeds != nil)
    }

    @Test func theServicesConfigurationIsRight() throws {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bytes = try PosixKernel().readFile("/\(folder)/udev/fairlead.yaml", atMost: 65536)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(Configuration.read(text).faults == [])
        #expect(Configuration.read(text).configuration.plan.sources == ["serial:auto"])
        let more = Configuration.read(text.replacing("#-", with: ""))
        #expect(more.faults == [] && more.configuration.plan.outlets?.count == 4)
    }

    /// Files that are broken at random: each is read, or has faults with places within it. For a
    /// long run: `ROUNDS=1000000 swift test --filter noFileEnds`.
    @Test func noFileEndsOrHoldsTheReader() {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("\n\n  --::[]{}'\"#&*!|>%@`,?~0a=/\\\t\u{0}\u{85}é".unicodeScalars)
        for _ in 0..<(environmentValue("ROUNDS").flatMap { Int($0) } ?? 3000) {
            var scalars = Array(Self.whole.unicodeScalars)
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let place = Int.random(in: 0..<scalars.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: scalars.remove(at: place)
                case 1: scalars[place] = alphabet.randomElement(using: &random) ?? " "
                default:
                    scalars.insert(alphabet.randomElement(using: &random) ?? " ", at: place)
                }
            }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            let lines = text.unicodeScalars.count { $0 == "\n" || $0 == "\u{85}" } + 2
            for fault in Configuration.read(text).faults {
                #expect(
                    (1...lines).contains(fault.place.line) && fault.place.column >= 1,
                    "\(fault)\n\(text)")
            }
        }
    }
}

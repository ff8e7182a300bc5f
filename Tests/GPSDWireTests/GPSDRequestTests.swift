// What real clients send, as it was recorded, and what must never be taken for a request.

import FairleadGPSDWire
import FairleadWire
import Testing

@Suite struct GPSDRequestTests {
    private func requests(_ pieces: [[UInt8]]) -> [GPSDRequest] {
        var parser = GPSDRequestParser()
        var found: [GPSDRequest] = []
        for piece in pieces { parser.feed(piece.span) { found.append($0) } }
        return found
    }

    private static func watch(_ set: (inout WatchChange) -> Void) -> GPSDRequest {
        var change = WatchChange()
        set(&change)
        return .watch(change)
    }

    static let rows: [(String, [GPSDRequest])] = [
        (
            "?WATCH={\"enable\":true,\"json\":true};\n",
            [watch { ($0.enable, $0.json) = (true, true) }]
        ),
        (
            "?WATCH={\"enable\":true,\"nmea\":true};\n",
            [watch { ($0.enable, $0.nmea) = (true, true) }]
        ),
        ("?WATCH={\"enable\":true,\"raw\":2};\n", [watch { ($0.enable, $0.raw) = (true, 2) }]),
        (
            "?WATCH={\"enable\":true,\"json\":true,\"scaled\":true}\n",
            [watch { ($0.enable, $0.json, $0.scaled) = (true, true, true) }]
        ),
        ("?WATCH={\"raw\":2,\"pps\":true}\r\n", [watch { ($0.raw, $0.pps) = (2, true) }]),
        ("?WATCH={\"class\":\"WATCH\", \"nmea\":true}", [watch { $0.nmea = true }]),
        ("?WATCH={\"json\":true}", [watch { $0.json = true }]),
        (
            "?WATCH={\"enable\":true,\"device\":\"/dev/a\\\"};b\"};",
            [watch { ($0.enable, $0.device) = (true, "/dev/a\"};b") }]
        ),
        ("?DEVICES;?VERSION;", [.devices, .version]),
        ("?POLL;\n?WATCH;\r\n\r\n?DEVICE;", [.poll, .watch(nil), .device(nil)]),
        ("?VERSION\n", [.version]),
        ("\r\n ?VERSION\r\n", [.version]),
        ("?FOO;", [.unknown("?FOO")]),
        ("?WATCH={\"json\":tru}\n", [.malformed("byte 11: true expected")]),
        ("?WATCH=[1];", [.malformed("an object expected")]),
        ("{\"class\":\"X\"} ?POLL;\n?POLL;", [.poll]),
        ("$GPTXT,?POLL;\n!AIVDM ?POLL;\n?DEVICES;", [.devices]),
        ("?VERSION;hello ?POLL;\n?DEVICES;", [.version, .devices]),
    ]

    @Test(arguments: rows)
    func aRequestIsReadInAnyCut(text: String, expected: [GPSDRequest]) {
        let bytes = Array(text.utf8)
        #expect(requests([bytes]) == expected)
        #expect(requests(bytes.map { [$0] }) == expected)
        for cut in bytes.indices {
            #expect(requests([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected)
        }
    }

    @Test func aWishForADeviceIsRead() {
        let found = requests([
            Array("?DEVICE={\"path\":\"/dev/x\",\"bps\":9600,\"native\":0};".utf8)
        ])
        guard case .device(let change?) = found.first else { return #expect(Bool(false)) }
        #expect(change.path == "/dev/x" && change.speed == 9600 && change.native == 0)
        #expect(change.isChange)
    }

    @Test(arguments: [
        "GET /?WATCH={\"json\":true}; HTTP/1.1\r\nHost: x\r\n\r\n?WATCH={\"json\":true};\n",
        "POST / HTTP/1.1\r\nContent-Type: text/plain\r\n\r\n?WATCH={\"json\":true}\n?POLL;",
        "Host: x\r\n?DEVICES;\r\n", "\u{16}\u{3}\u{1}?WATCH={\"json\":true};\n",
        "NICK ?POLL;\n?POLL;\n",
    ])
    func nothingOfAnotherProtocolIsARequestHoweverItIsCut(text: String) {
        let bytes = Array(text.utf8)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var pieces: [[UInt8]] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...min(rest.count, 12), using: &random)
                pieces.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            let found = requests(pieces)
            #expect(found == [.foreign])
        }
    }

    @Test func whatIsLongerThanAnyRequestIsRefused() {
        let endless = Array(("?WATCH={\"device\":\"" + String(repeating: "a", count: 10_000)).utf8)
        #expect(requests([endless]) == [.tooLong])
        let chatter = Array(("?VERSION;\n" + String(repeating: "noise\n", count: 2_000)).utf8)
        #expect(requests([chatter]) == [.version, .tooLong])
    }

    @Test func aWatchChangesByGpsdsRules() {
        var watch = Watch()
        watch.apply(WatchChange())
        #expect(watch.enable && !watch.json)
        var change = WatchChange()
        (change.json, change.raw, change.pps, change.device) = (true, 9, true, "/dev/a")
        watch.apply(change)
        #expect(watch.json && watch.raw == 2 && watch.pps && watch.device == "/dev/a")
        watch.apply(WatchChange())
        #expect(watch.json && watch.raw == 2 && !watch.pps && watch.device == nil)
        change = WatchChange()
        (change.enable, change.json) = (false, false)
        watch.apply(change)
        #expect(!watch.enable && !watch.json)
    }
}

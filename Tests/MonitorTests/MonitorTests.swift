// What the monitor shows, as text: the model is fed with what a gateway says, and the picture is
// compared whole where it matters. The terminal itself was looked at by hand; here it is what is
// written to it.

import FairleadWire
import Testing

@testable import FairleadMonitor

@Suite struct MonitorTests {
    private static let fix = """
        {"device":"/dev/gps0","time":"2026-12-01T12:00:00.000Z","mode":3,"quality":"differential",
        "latitude":51.5,"longitude":-4.25,"altitude":12.34,"speed":10,"course":77.5,
        "errors":{"horizontal":3.21,"vertical":5},"dilution":{"horizontal":0.9}}
        """
    private static let sky = """
        {"device":"/dev/gps0","satellites":[
        {"constellation":"GPS","number":5,"elevation":64,"azimuth":123,"isUsed":true,
        "signals":[{"strength":42},{"strength":30}]},
        {"constellation":"GLONASS","number":11,"isUsed":false,"signals":[]},
        {"constellation":"GPS","number":7,"elevation":10,"azimuth":7,"isUsed":true,
        "signals":[{"strength":60}]}]}
        """
    private static let devices = """
        {"devices":[{"name":"/dev/gps0","state":"running at 9600 8N1","isPresent":true},
        {"name":"/dev/gps1","state":"absent","isPresent":false}]}
        """
    private let now = Instant(nanoseconds: 5_000_000_000)

    private var model: MonitorModel {
        var model = MonitorModel()
        model.link = .connected
        let then = Instant(nanoseconds: 2_000_000_000)
        model.take(answer: "/v1/devices", Self.devices, at: then)
        model.take(event: "satellites", Self.sky, at: then)
        model.take(event: "chosen", Self.fix, at: then)
        return model
    }

    private func text(
        _ model: MonitorModel, _ settings: MonitorSettings = MonitorSettings(), rows: Int = 18,
        columns: Int = 72
    ) -> [String] {
        MonitorView.lines(model, settings, rows: rows, columns: columns, now: now).map { line in
            String(line.text.reversed().drop { $0 == " " }.reversed())
        }
    }

    @Test func theWholePicture() {
        let expected = """
            Fairlead  the position
            3D fix  differential  from /dev/gps0
            Position  51.500000°N 4.250000°W
            Altitude 12.3 m   Speed 36.0 km/h   Course 77.5°
            Error     ±3.2 m across  ±5.0 m up  HDOP 0.9
            Time      2026-12-01T12:00:00.000Z

            Satellites  2 used of 3
            GPS 5        ● ██████████████████········ 42 dB  el 64°  az 123°
            GLONASS 11     ··························   – dB  el   –  az    –
            GPS 7        ● ██████████████████████████ 60 dB  el 10°  az   7°

            Devices
            ▶ /dev/gps0         running at 9600 8N1
              /dev/gps1         absent


            q quit  d device  u metric  f format  s by number  ? help
            """
        #expect(text(model).joined(separator: "\n") == expected)
    }

    @Test func keysChangeWhatIsShown() {
        var (model, settings) = (model, MonitorSettings())
        for key in "ufs" { #expect(!settings.press(key.asciiValue ?? 0, &model)) }
        var lines = text(model, settings)
        #expect(lines[2] == "Position  51°30.0000′N 4°15.0000′W")
        #expect(lines[3] == "Altitude 12.3 m   Speed 19.4 kn   Course 77.5°")
        #expect(lines[8].hasPrefix("GPS 7") && lines[9].hasPrefix("GPS 5"))
        #expect(!settings.press(UInt8(ascii: "u"), &model))
        lines = text(model, settings)
        #expect(lines[3] == "Altitude 40 ft   Speed 22.4 mph   Course 77.5°")
        #expect(!settings.press(UInt8(ascii: "?"), &model))
        #expect(text(model, settings).contains("q  quit"))
        for key: UInt8 in [UInt8(ascii: "q"), 3, 4] { #expect(settings.press(key, &model)) }
    }

    @Test func devicesAreLookedAtOneAfterTheOther() {
        var (model, settings) = (model, MonitorSettings())
        model.take(
            event: "noFix", #"{"device":"/dev/gps1","mode":1,"quality":"simulated"}"#, at: now)
        _ = settings.press(UInt8(ascii: "d"), &model)
        #expect(text(model)[0] == "Fairlead  /dev/gps0")
        _ = settings.press(UInt8(ascii: "d"), &model)
        #expect(text(model)[0] == "Fairlead  /dev/gps1  SIMULATED")
        #expect(text(model)[1] == "NO FIX")
        _ = settings.press(UInt8(ascii: "d"), &model)
        #expect(text(model)[0] == "Fairlead  the position")
    }

    @Test func aGatewayThatIsGoneIsSaidWithTheAgeOfWhatIsShown() {
        var model = model
        model.link = .lost("connection refused")
        #expect(text(model)[0] == "Fairlead  the position  no gateway for 3 s: connection refused")
        #expect(text(model)[2].hasPrefix("Position"))
        #expect(text(MonitorModel())[0] == "Fairlead  the position  connecting …")
    }

    @Test(arguments: [(1, 1), (2, 80), (5, 20), (12, 40), (24, 80), (60, 200)])
    func everySizeIsFilledAndNotPassed(rows: Int, columns: Int) {
        var settings = MonitorSettings()
        for showsHelp in [false, true] {
            settings.showsHelp = showsHelp
            let lines = text(model, settings, rows: rows, columns: columns)
            #expect(lines.count == rows)
            #expect(lines.allSatisfy { $0.count <= columns })
            if rows > 2, !showsHelp, columns > 30 {
                #expect(lines[1].hasPrefix("3D fix") && lines[rows - 1].hasPrefix("q quit"))
            }
        }
    }

    @Test func b6WhatATerminalObeysIsShownAndNotDone() {
        var model = MonitorModel()
        let name = #"{"name":"/dev/\u001b]0;pwn\u0007","state":"a\nb","isPresent":true}"#
        model.take(event: "device", name, at: now)
        for line in text(model) {
            #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
        }
        #expect(text(model).contains { $0.contains(#"\u{1b}]0;pwn\u{7}"#) })
    }

    @Test(arguments: [
        "", "[]", "null", "{", #"{"device":5}"#, #"{"latitude":"x","longitude":[]}"#,
        #"{"latitude":1e400,"longitude":9999,"speed":-1e300,"altitude":1e300}"#,
        #"{"satellites":[1,{},{"elevation":1e99,"signals":[{"strength":-5}]}]}"#,
    ])
    func whatIsNoEventDoesNoHarm(data: String) {
        var model = model
        for name in ["chosen", "position", "noFix", "satellites", "device", "x", ""] {
            model.take(event: name, data, at: now)
        }
        for path in ["/v1/position", "/v1/satellites", "/v1/devices"] {
            model.take(answer: path, data, at: now)
        }
        #expect(text(model).count == 18)
    }

    @Test func manyNamesDoNotGrowTheModel() {
        var model = MonitorModel()
        for number in 0..<1000 {
            model.take(event: "device", #"{"name":"\#(number)","isPresent":true}"#, at: now)
            model.take(event: "position", #"{"device":"\#(number)"}"#, at: now)
            model.take(event: "satellites", #"{"device":"\#(number)","satellites":[]}"#, at: now)
        }
        #expect(model.devices.count == 64 && model.fixes.count <= 64 && model.skies.count <= 64)
    }

    @Test func onlyLinesThatDifferAreWritten() {
        var screen = MonitorScreen(hasColour: true)
        let lines = [MonitorView.Line("a"), MonitorView.Line("b", .warning)]
        #expect(
            screen.show(lines)
                == "\u{1b}[1;1Ha\u{1b}[0m\u{1b}[K\u{1b}[2;1H\u{1b}[1;33mb\u{1b}[0m\u{1b}[K")
        #expect(screen.show(lines) == "")
        #expect(screen.show([lines[0], MonitorView.Line("c")]).hasPrefix("\u{1b}[2;1Hc"))
        _ = screen.clear()
        #expect(screen.show(lines).contains("\u{1b}[1;1Ha"))
        var plain = MonitorScreen(hasColour: false)
        #expect(!plain.show(lines).contains("[1;33m"))
    }
}

// The speed of a line is found by listening, on a simulated wire where a wrong speed gives what it
// gives in life (SimulatedUART), and on a clock that moves only when all wait: the times that
// are checked here are those of the device, not of the machine that runs the test.
import FairleadDevices
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

@Suite struct SpeedDetectionTests {
    /// Finds the settings of a device that says `text` every `period`, beginning after `phase`.
    private func find(
        _ settings: SerialSettings, saying text: String, every period: Duration,
        after phase: Duration = .zero, plan: SpeedPlan = SpeedPlan(),
        within limit: Duration = .seconds(120), _ body: (SimulatedBench) throws -> Void
    ) throws {
        var options = AttachmentOptions()
        options.plan = plan
        try withBench(speaks: settings, options: options) { bench in
            bench.kernel.after(phase) { bench.uart.talk(text, every: period) }
            bench.attachment.start()
            try bench.harness.turn("a speed", within: limit) { bench.isRunning }
            #expect(bench.settings == settings)
            #expect(bench.uart.received.isEmpty)
            try body(bench)
        }
    }

    @Test(arguments: SpeedPlan.usualSpeeds, [0, 170, 340, 510, 680, 850])
    func eachUsualSpeedIsFoundWithinTwelveSecondsAtOneHertz(baud: Int, phase: Int) throws {
        let plan = SpeedPlan(speeds: SpeedPlan.usualSpeeds)
        try find(
            SerialSettings(baud: baud), saying: usualBurst, every: .seconds(1),
            after: .milliseconds(phase), plan: plan
        ) { bench in
            #expect(bench.elapsed <= .seconds(12), "\(bench.elapsed)")
        }
    }

    @Test(arguments: SpeedPlan.usualSpeeds, [0, 45, 90, 135, 180])
    func eachUsualSpeedIsFoundWithinFiveSecondsAtFiveHertz(baud: Int, phase: Int) throws {
        let plan = SpeedPlan(speeds: SpeedPlan.usualSpeeds)
        try find(
            SerialSettings(baud: baud), saying: quickBurst, every: .milliseconds(200),
            after: .milliseconds(phase), plan: plan
        ) { bench in
            #expect(bench.elapsed <= .seconds(5), "\(bench.elapsed)")
        }
    }

    @Test(arguments: SpeedPlan.usualSpeeds)
    func oneShortSentenceASecondIsEnough(baud: Int) throws {
        let plan = SpeedPlan(speeds: SpeedPlan.usualSpeeds)
        try find(
            SerialSettings(baud: baud), saying: quickBurst, every: .seconds(1), plan: plan
        ) { bench in
            #expect(bench.elapsed <= .seconds(12), "\(bench.elapsed)")
        }
    }

    @Test func theFastestSpeedIsFoundToo() throws {
        try find(SerialSettings(baud: 921_600), saying: usualBurst, every: .seconds(1)) { _ in }
    }

    @Test(arguments: [4800, 9600, 115_200])
    func sevenBitsAndTwoStopBitsAreFoundWhenAskedFor(baud: Int) throws {
        let frames: [SpeedPlan.Frame] = [.sevenEven]
        try find(
            SerialSettings(baud: baud, dataBits: 7, parity: .even), saying: usualBurst,
            every: .seconds(1), plan: SpeedPlan(speeds: SpeedPlan.usualSpeeds, alsoTrying: frames)
        ) { _ in }
        // A second stop bit is one more pause: eight bits and one stop bit read it just as well.
        try withBench(speaks: SerialSettings(baud: baud, stopBits: 2)) { bench in
            bench.uart.talk(usualBurst, every: .seconds(1))
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(60)) { bench.isRunning }
            #expect(bench.settings?.baud == baud)
        }
    }

    @Test func sevenBitsAreNotFoundUnlessAskedFor() throws {
        let spoken = SerialSettings(baud: 4800, dataBits: 7, parity: .even)
        try withBench(speaks: spoken) { bench in
            bench.uart.talk(usualBurst, every: .seconds(1))
            bench.attachment.start()
            try bench.harness.turn(for: .seconds(60))
            #expect(bench.attachment.state == .noise)
            #expect(bench.sentences.isEmpty)
        }
    }

    @Test func whatWasRightTheLastTimeIsTriedFirst() throws {
        try withBench(speaks: SerialSettings(baud: 460_800)) { bench in
            bench.uart.talk(usualBurst, every: .seconds(1))
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(60)) { bench.isRunning }
            let first = bench.uart.changes
            #expect(first >= 7)
            bench.attachment.stop()
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(2)) { bench.isRunning }
            // Opened with it, and set once more: nothing else was tried.
            #expect(bench.uart.changes <= first + 2)
        }
    }

    @Test(arguments: SpeedPlan.usualSpeeds, [UInt64(1), 2, 3])
    func noiseNeverCounts(baud: Int, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let noise = (0..<200).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        try withBench(speaks: SerialSettings(baud: baud)) { bench in
            for _ in 0..<30 {
                bench.uart.send(noise)
                bench.attachment.start()
                try bench.harness.turn(for: .seconds(1))
            }
            #expect(!bench.states.contains { $0.name == "running" })
            #expect(bench.openings == 0)
            #expect(bench.attachment.state == .noise || bench.attachment.state.name == "detecting")
        }
    }

    @Test(arguments: [
        "$GPRMC,092750.00,A,5321.6802,N,00630.3372,W,0.02,31.66,280511,,,A\r\n",
        "$GPRMC,092750.00,A,5321.6802,N,00630.3372,W,0.02,31.66,280511,,,A*00\r\n",
        "$GPRMC,092750.00,A,5321.6802,N,00630.3372,W,0.02,31.66,280511,,,A*4\r\n",
        "login: \r\nPassword: \r\n", "$*00\r\n", "$A*41\r\n", "AT\r\nOK\r\n",
        "\u{B5}b\u{1}\u{2}\u{0}\u{0}\u{0}\u{0}",
    ])
    func textThatOnlyLooksRightDoesNotCount(text: String) throws {
        try withBench(speaks: SerialSettings(baud: 9600)) { bench in
            bench.uart.talk(text, every: .milliseconds(500))
            bench.attachment.start()
            try bench.harness.turn(for: .seconds(60))
            #expect(!bench.states.contains { $0.name == "running" })
            #expect(bench.openings == 0)
        }
    }

    @Test(arguments: [9600, 38400, 115_200])
    func aReceiverThatSpeaksOnlyUBXIsFound(baud: Int) throws {
        let frame = ubxFrame(class: 0x01, number: 0x07, payload: (0..<92).map { UInt8($0) })
        try withBench(speaks: SerialSettings(baud: baud)) { bench in
            for second in 1...60 {
                bench.kernel.after(.seconds(second)) { bench.uart.send(frame) }
            }
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(60)) { bench.isRunning }
            #expect(bench.settings?.baud == baud)
            #expect(bench.elapsed <= .seconds(14), "\(bench.elapsed)")
        }
    }

    @Test func sentencesBehindOtherBinaryAreFoundInTheEnd() throws {
        // A base station: 300 bytes of corrections, then a sentence. Strange at the right speed.
        let corrections = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 89 | 0x80) }
        try withBench(speaks: SerialSettings(baud: 38400)) { bench in
            for second in 1...120 {
                bench.kernel.after(.seconds(second)) {
                    bench.uart.send(corrections + Array(quickBurst.utf8))
                }
            }
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(60)) { bench.isRunning }
            #expect(bench.settings?.baud == 38400)
        }
    }

    @Test func aReceiverThatChangesItsSpeedIsFoundAgain() throws {
        try withBench(speaks: SerialSettings(baud: 9600)) { bench in
            bench.uart.talk(usualBurst, every: .seconds(1))
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(20)) { bench.isRunning }
            bench.uart.settings.baud = 57600
            try bench.harness.turn(within: .seconds(60)) { bench.settings?.baud == 57600 }
            #expect(bench.states.contains(.noise))
        }
    }

    @Test func whatProvedTheSpeedIsDeliveredAndNothingTwice() throws {
        try withBench(speaks: SerialSettings(baud: 9600)) { bench in
            var sent: [String] = []
            for number in 1...60 {
                bench.kernel.after(.milliseconds(333 * number)) {
                    sent.append(sentence("GPTXT,\(number)"))
                    bench.uart.send(sent.last ?? "")
                }
            }
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(60)) { bench.sentences.count >= 10 }
            let heard = bench.sentences.map { $0 + "\r\n" }
            let first = try #require(sent.firstIndex(of: heard.first ?? ""))
            #expect(heard == Array(sent[first...].prefix(heard.count)))
        }
    }

    /// A frame with its sums.
    private func ubxFrame(class kind: UInt8, number: UInt8, payload: [UInt8]) -> [UInt8] {
        let length = UInt16(clamping: payload.count)
        let body =
            [
                kind, number, UInt8(truncatingIfNeeded: length),
                UInt8(truncatingIfNeeded: length >> 8),
            ]
            + payload
        var sums: (UInt8, UInt8) = (0, 0)
        for byte in body {
            sums.0 &+= byte
            sums.1 &+= sums.0
        }
        return [0xB5, 0x62] + body + [sums.0, sums.1]
    }
}

// Pulled in the middle of a sentence, again and again, on pseudo-terminals.
import FairleadDevices
import FairleadEngine
import FairleadEngineTesting
import Testing

@Suite struct PullTests {
    @Test func aThousandPullsInMidSentencePublishNoHalfSentence() throws {
        let machine = try FakeMachine()
        let link = machine.root + "/dev/serial/by-id/usb-gps"
        try withReactor { harness in
            let monitor = DeviceMonitor(on: harness.reactor, machine.folders) { _, _ in }
            monitor.start()
            var heard: [String] = []
            var nodes: Set<String> = []
            let attachment = DeviceAttachment(
                .path(link), on: monitor, reactor: harness.reactor, memory: SpeedMemory(),
                options: AttachmentOptions(SerialSettings(baud: 4800)), log: { _, _ in }
            ) { _ in SentenceCollector { if heard.last != $0 { heard.append($0) } } }
            attachment.start()
            // A second terminal in every other round: the device comes back under another name.
            var spare: PseudoTerminalPair?
            for round in 0..<1000 {
                spare = round % 2 == 0 ? nil : try PseudoTerminalPair()
                let device = try PseudoTerminalPair()
                nodes.insert(device.path)
                try machine.link("dev/serial/by-id/usb-gps", to: device.path)
                let whole = sentence("GPTXT,whole,\(round)")
                let cut = sentence("GPTXT,cut,\(round)").dropLast(1 + round % 18)
                device.send(whole + (round % 18 < 2 ? "" : cut))
                var sent = harness.reactor.now
                try harness.turn("sentence \(round)") {
                    // Said again, should a test beside this one have opened our terminal by its
                    // number, which had been its own before.
                    if harness.reactor.now.since(sent) > .seconds(2) {
                        device.send(whole)
                        sent = harness.reactor.now
                    }
                    return heard.last.map { $0 + "\r\n" } == whole
                }
                try machine.remove("dev/serial/by-id/usb-gps")
                device.pull()
                try harness.turn("the end of \(round)") { attachment.state == .absent }
            }
            withExtendedLifetime(spare) {}
            #expect(
                heard.map { $0 + "\r\n" } == (0..<1000).map { sentence("GPTXT,whole,\($0)") })
            #expect(nodes.count >= 2)
            attachment.stop()
            monitor.stop()
        }
    }
}

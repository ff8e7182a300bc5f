import FairleadDevices
import FairleadEngine
import FairleadEngineTesting
import Testing

@Suite struct EveryReceiverTests {
    @Test func whatMayBeAReceiverIsAttachedNowAndLater() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(serial: "A"), into: "1", as: "ttyUSB0")
        let modem = FakeAdapter(vendor: "2c7c", product: "0125", serial: "M")
        try machine.plug(modem, into: "2", as: "ttyUSB1")
        try machine.addPort("ttyS0", type: "4")
        let first = try PseudoTerminalPair()
        try machine.link("dev/ttyUSB0", to: first.path)
        try withReactor { harness in
            let monitor = DeviceMonitor(on: harness.reactor, machine.folders) { _, _ in }
            monitor.start()
            var heard: [String: Int] = [:]
            var options = AttachmentOptions(SerialSettings(baud: 9600))
            options.interval = .milliseconds(20)
            let every = EveryReceiver(
                on: monitor, reactor: harness.reactor, memory: SpeedMemory(), options: options
            ) { device in
                { _ in SentenceCollector { _ in heard[device.identity.text, default: 0] += 1 } }
            }
            every.start()
            #expect(every.attachments.keys.map(\.text) == ["usb-0403:6001-A-if00"])
            try harness.turn {
                first.send(quickBurst)
                return heard["usb-0403:6001-A-if00"] != nil
            }
            let second = try PseudoTerminalPair()
            try machine.plug(FakeAdapter(serial: "B"), into: "3", as: "ttyUSB2")
            try machine.link("dev/ttyUSB2", to: second.path)
            try harness.turn {
                second.send(quickBurst)
                return heard["usb-0403:6001-B-if00"] != nil
            }
            #expect(every.attachments.count == 2)
            every.stop()
            #expect(every.attachments.isEmpty)
            monitor.stop()
        }
    }

    @Test func anyReceiverPrefersWhatIsOneForCertainAndLeavesTakenOnesAlone() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(serial: "A"), into: "1", as: "ttyUSB0")
        let receiver = FakeAdapter(
            vendor: "1546", product: "01a8", serial: nil, driver: "cdc_acm", isModemClass: true)
        try machine.plug(receiver, into: "2", as: "ttyACM0")
        let bridge = try PseudoTerminalPair()
        let ublox = try PseudoTerminalPair()
        try machine.link("dev/ttyUSB0", to: bridge.path)
        try machine.link("dev/ttyACM0", to: ublox.path)
        try withReactor { harness in
            let monitor = DeviceMonitor(on: harness.reactor, machine.folders) { _, _ in }
            monitor.start()
            let attachments = (0..<2).map { _ in
                DeviceAttachment(
                    .any, on: monitor, reactor: harness.reactor, memory: SpeedMemory(),
                    options: AttachmentOptions(SerialSettings(baud: 9600)), log: { _, _ in }
                ) { _ in SentenceCollector { _ in } }
            }
            for attachment in attachments { attachment.start() }
            try harness.turn {
                bridge.send(quickBurst)
                ublox.send(quickBurst)
                return attachments.allSatisfy { $0.state.name == "running" }
            }
            #expect(attachments[0].identity?.text.hasPrefix("usb-1546:01a8") == true)
            #expect(attachments[1].identity?.text == "usb-0403:6001-A-if00")
            for attachment in attachments { attachment.stop() }
            monitor.stop()
        }
    }
}

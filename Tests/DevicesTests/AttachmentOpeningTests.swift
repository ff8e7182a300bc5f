// Attaching what cannot be attached, on this machine's own files and pseudo-terminals: each
// obstacle has a name and a message, and when it is out of the way, the device is attached
// without anybody's doing.
import FairleadDevices
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Foundation
import Testing

@Suite struct AttachmentOpeningTests {
    /// An attachment to a path on this machine.
    private final class Line {
        let attachment: DeviceAttachment
        let monitor: DeviceMonitor
        private(set) var states: [AttachmentState] = []
        private(set) var log: [String] = []
        private(set) var sentences: [String] = []

        init(_ path: String, _ machine: FakeMachine, on reactor: Reactor) {
            monitor = DeviceMonitor(on: reactor, machine.folders) { _, _ in }
            monitor.start()
            var noted: ((String) -> Void)?
            var heard: ((String) -> Void)?
            var options = AttachmentOptions(SerialSettings(baud: 9600))
            options.backOff = BackOff(initial: .milliseconds(20), maximum: .milliseconds(100))
            attachment = DeviceAttachment(
                .path(path), on: monitor, reactor: reactor, memory: SpeedMemory(),
                options: options, log: { noted?($1) }
            ) { _ in SentenceCollector { heard?($0) } }
            noted = { [unowned self] in log.append($0) }
            heard = { [unowned self] in sentences.append($0) }
            attachment.stateChanged = { [unowned self] in states.append($0) }
            attachment.start()
        }

        func finish() {
            attachment.stop()
            monitor.stop()
        }
    }

    /// What is in the way of a device, and what takes its place later.
    private func expect(
        _ name: String, saying words: String, _ obstacle: (String) throws -> Void
    ) throws {
        let machine = try FakeMachine()
        let path = machine.root + "/dev/gps0"
        try obstacle(path)
        try withReactor { harness in
            let line = Line(path, machine, on: harness.reactor)
            try harness.turn("the state") { line.attachment.state.name == name }
            #expect(line.log.contains { $0.contains(path) && $0.contains(words) }, "\(line.log)")
            // The process goes on, and what was in the way may go away.
            try machine.remove("dev/gps0")
            let device = try PseudoTerminalPair()
            try machine.link("dev/gps0", to: device.path)
            device.send(quickBurst)
            try harness.turn("a sentence") {
                if line.sentences.isEmpty { device.send(quickBurst) }
                return !line.sentences.isEmpty
            }
            #expect(line.attachment.state.name == "running")
            #expect(device.receive().isEmpty)
            line.finish()
        }
    }

    @Test func aRegularFileIsNamed() throws {
        try expect("regular file", saying: "regular file") { path in
            try Data("$GPGGA".utf8).write(to: URL(fileURLWithPath: path))
        }
    }

    @Test func aFolderIsNamed() throws {
        try expect("directory", saying: "directory") { path in
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        }
    }

    @Test func aFIFOIsNamedAndNeverWaitedFor() throws {
        try expect("FIFO", saying: "FIFO") { path in
            #expect(unsafe mkfifo(path, 0o600) == 0)
        }
    }

    @Test func aDeviceThatIsNoTerminalIsNamed() throws {
        try expect("not a terminal", saying: "not a terminal") { path in
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "/dev/null")
        }
    }

    @Test func aLinkThatLeadsNowhereIsAbsent() throws {
        try expect("absent", saying: "waiting") { path in
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "/dev/pts/no-such")
        }
    }

    @Test func aLinkToATerminalThatIsHungUpIsAbsent() throws {
        let gone = try PseudoTerminalPair()
        // Held open, so that its number is not given to the terminal of another test meanwhile.
        let kernel = PosixKernel()
        let held = Int32(try kernel.openLine(gone.path).get("open"))
        defer { kernel.close(held) }
        try expect("absent", saying: "waiting") { path in
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: gone.path)
            gone.pull()
        }
    }

    @Test func aDeviceInUseIsBusyAndFreeWhenItsUserGoes() throws {
        let machine = try FakeMachine()
        let device = try PseudoTerminalPair()
        try withReactor { harness in
            let other = SentenceCollector { _ in }
            var holder: (any Transport)?
            harness.reactor.openSerial(device.path) {
                holder = $0
                return other
            }
            try harness.turn { holder != nil }
            let line = Line(device.path, machine, on: harness.reactor)
            try harness.turn { line.attachment.state.name == "busy" }
            #expect(line.log.contains { $0.contains("in use by") })
            holder?.close()
            try harness.turn { line.attachment.state.name == "listening" }
            device.send(quickBurst)
            try harness.turn { line.sentences.count == 1 }
            line.finish()
        }
    }

    @Test func whoMayNotOpenItIsToldWhichGroupToJoin() throws {
        let machine = try FakeMachine()
        try machine.link("dev/gps0", to: "/dev/null")
        let kernel = StrangerKernel()
        let reactor = Reactor(poller: try kernel.makePoller(.automatic), kernel: kernel)
        let path = machine.root + "/dev/ttyUSB0"
        // A character device that is not ours to open; /dev/tty has a group of its own.
        try machine.link("dev/ttyUSB0", to: "/dev/tty")
        let line = Line(path, machine, on: reactor)
        let harness = ReactorHarness(reactor) { 0 }
        try harness.turn { line.attachment.state.name == "permission denied" }
        let group = try #require(kernel.groupName(of: "/dev/tty"))
        #expect(line.attachment.state == .denied(.needsGroup(group)))
        #expect(line.log.contains { $0.contains("join the group \(group)") })
        line.finish()
    }

    @Test func aNodeThatVanishesBetweenLookAndOpeningIsAbsent() throws {
        let kernel = SimulatedKernel()
        // There for whoever looks, gone for whoever opens.
        kernel.addFile("/dev/ttyUSB0", .characterDevice)
        try withSimulatedReactor(kernel) { harness in
            let monitor = DeviceMonitor(on: harness.reactor) { _, _ in }
            let attachment = DeviceAttachment(
                .path("/dev/ttyUSB0"), on: monitor, reactor: harness.reactor,
                memory: SpeedMemory(kernel: kernel), log: { _, _ in }
            ) { _ in SentenceCollector { _ in } }
            kernel.vanishing = ["/dev/ttyUSB0"]
            var states: [AttachmentState] = []
            attachment.stateChanged = { states.append($0) }
            attachment.start()
            try harness.turn(for: .seconds(3))
            #expect(states.contains(.absent))
            kernel.vanishing = []
            let uart = SimulatedUART(SerialSettings(), on: kernel)
            uart.talk(usualBurst, every: .seconds(1))
            kernel.plug(uart, as: "/dev/ttyUSB0")
            try harness.turn(within: .seconds(10)) { attachment.state.name == "running" }
            attachment.stop()
        }
    }
}

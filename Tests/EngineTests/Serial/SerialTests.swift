// Serial lines, on pseudo-terminals: opening, settings, exclusive use, hang-up and restoring.
// What pseudo-terminals do not have (modem lines, parity, speeds that a device refuses) is tested
// for its error only, or on settings as values.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc
import Testing

/// A serial connection to a pseudo-terminal.
private struct Line {
    let reactor: Reactor
    let device: PseudoTerminalPair
    let recorder = Recorder()
    let serial: any SerialTransport

    init(_ options: SerialOptions = SerialOptions()) throws {
        reactor = try Reactor()
        device = try PseudoTerminalPair()
        var outcome: Result<any Transport, ConnectError>?
        let recorder = recorder
        reactor.openSerial(device.path, options) { _ in
            recorder
        } completion: {
            outcome = $0
        }
        try reactor.run(until: "the line is open") { outcome != nil }
        serial = try #require(try outcome?.get() as? any SerialTransport)
    }
}

@Suite struct SerialTests {
    @Test func bytesGoBothWays() throws {
        let line = try Line(SerialOptions(SerialSettings(baud: 4800)))
        line.device.send("$GPGGA,1*00\r\n")
        try line.reactor.run(until: "a sentence") { line.recorder.text == "$GPGGA,1*00\r\n" }
        line.serial.write("$PMTK000*32\r\n")
        var heard: [UInt8] = []
        try line.reactor.run(until: "the command is out") {
            heard += line.device.receive()
            return heard == Array("$PMTK000*32\r\n".utf8)
        }
        #expect(line.recorder.events == [.made, .received])
        #expect(try line.reactor.finish().isEmpty)
    }

    @Test(arguments: [4800, 9600, 115_200, 921_600, 250_000, 31_250, 12_345])
    func anySpeedIsSet(baud: Int) throws {
        let line = try Line(SerialOptions(SerialSettings(baud: baud)))
        #expect(line.device.settings?.baud == baud)
        #expect(line.serial.settings.baud == baud)
        #expect(line.serial.localAddress.description == "\(line.device.path) at \(baud) 8N1")
        #expect(line.serial.peerAddress == .device(path: line.device.path))
        #expect(try line.reactor.finish().isEmpty)
    }

    @Test func settingsChangeWhileOpen() throws {
        let line = try Line()
        var wanted = SerialSettings(baud: 38400, stopBits: 2, flowControl: .rtsCts)
        try line.serial.apply(wanted)
        #expect(line.device.settings == wanted)
        wanted.flowControl = .xonXoff
        wanted.stopBits = 1
        try line.serial.apply(wanted)
        #expect(line.device.settings == wanted)
        line.device.send("still open")
        try line.reactor.run(until: "bytes after the change") {
            line.recorder.text == "still open"
        }
        #expect(try line.reactor.finish().isEmpty)
    }

    @Test func settingsThatMakeNoSenseAreRefused() throws {
        let line = try Line()
        for wrong in [
            SerialSettings(baud: 0), SerialSettings(baud: -4800), SerialSettings(dataBits: 9),
            SerialSettings(dataBits: 4), SerialSettings(stopBits: 3),
        ] {
            let error = #expect(throws: SystemError.self) { try line.serial.apply(wrong) }
            #expect(error?.code == EINVAL)
        }
        #expect(try line.reactor.finish().isEmpty)
    }

    @Test func aPulledDeviceIsAHangUpAndNothingIsWatchedAnyMore() throws {
        let line = try Line()
        line.device.send("$GPGGA,half a sent")
        try line.reactor.run(until: "half a sentence") { line.recorder.text.hasSuffix("sent") }
        line.device.pull()
        try line.reactor.run(until: "the hang-up") { line.recorder.isLost }
        #expect(line.recorder.reason == .hangUp)
        #expect(line.recorder.events == [.made, .received, .lost(.hangUp)])
        // Nothing that could turn the loop for ever is left.
        #expect(line.reactor.census.isEmpty)
    }

    @Test func aHangUpWhileReadingIsPausedIsToldWhenReadingResumes() throws {
        let line = try Line()
        line.serial.pauseReading()
        line.device.send("late")
        line.device.pull()
        for _ in 0..<5 { try line.reactor.turn(until: line.reactor.now + .milliseconds(5)) }
        #expect(line.recorder.events == [.made])
        line.serial.resumeReading()
        try line.reactor.run(until: "the hang-up") { line.recorder.isLost }
        #expect(line.recorder.reason == .hangUp)
    }

    @Test func writingToAPulledDeviceIsAHangUp() throws {
        let line = try Line()
        line.serial.pauseReading()
        line.device.pull()
        line.serial.write("anyone there?")
        line.serial.resumeReading()
        try line.reactor.run(until: "the hang-up") { line.recorder.isLost }
        #expect(line.recorder.reason == .hangUp)
    }

    @Test func oneThatReadsOnlyWhenItsQueueHasDrainedHearsOfTheHangUp() throws {
        let line = try Line()
        line.recorder.onBlocked = { $0.pauseReading() }
        line.recorder.onReady = { $0.resumeReading() }
        line.serial.write([UInt8](repeating: 0x55, count: 200_000))
        try line.reactor.run(until: "a full queue") { line.recorder.events.contains(.blocked) }
        line.device.pull()
        try line.reactor.run(until: "the hang-up") { line.recorder.isLost }
        #expect(line.recorder.reason == .hangUp)
    }

    @Test func aQueueThatCannotLeaveIsThrownAwayAtTheLimit() throws {
        let device = try PseudoTerminalPair()
        var limits = Limits()
        limits.closeTimeout = .milliseconds(50)
        let reactor = try Reactor(limits: limits)
        let recorder = Recorder()
        recorder.onMade = { transport in
            transport.write([UInt8](repeating: 0x55, count: 100_000))
            transport.close()
        }
        reactor.openSerial(device.path) { _ in recorder }
        try reactor.run(until: "the end") { recorder.isLost }
        guard case .timedOut? = recorder.reason else {
            Issue.record("\(String(describing: recorder.reason))")
            return
        }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func closingSendsWhatIsQueued() throws {
        let device = try PseudoTerminalPair()
        let reactor = try Reactor()
        let recorder = Recorder()
        let payload = (0..<50_000).map { UInt8(truncatingIfNeeded: $0) }
        recorder.onMade = { transport in
            transport.write(payload)
            transport.close()
        }
        reactor.openSerial(device.path) { _ in recorder }
        var heard: [UInt8] = []
        try reactor.run(until: "everything out") {
            heard += device.receive()
            return recorder.isLost
        }
        heard += device.receive()
        #expect(heard.elementsEqual(payload))
        #expect(recorder.reason == .closedByUs)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func theSettingsFoundAreRestored() throws {
        let device = try PseudoTerminalPair()
        let before = device.settings
        let reactor = try Reactor()
        let recorder = Recorder()
        let options = SerialOptions(SerialSettings(baud: 57600, stopBits: 2))
        reactor.openSerial(device.path, options) { _ in recorder }
        try reactor.run(until: "open") { recorder.transport != nil }
        #expect(device.settings?.baud == 57600)
        recorder.transport?.close()
        try reactor.run(until: "closed") { recorder.isLost }
        #expect(device.settings == before)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func modemLinesThatAreNotThereAreAnErrorWithAName() throws {
        let line = try Line()
        let error = #expect(throws: SystemError.self) { try line.serial.modemLines() }
        #expect(error?.code == ENOTTY)
        #expect(error?.call == "modem lines of \(line.device.path)")
        // A pseudo-terminal takes a break, though nobody hears it.
        try line.serial.sendBreak(for: .milliseconds(1))
        try line.serial.discard(.both)
        line.serial.close()
        try line.reactor.run(until: "closed") { line.recorder.isLost }
        #expect(throws: SystemError.self) { try line.serial.apply(SerialSettings()) }
        #expect(try line.reactor.finish().isEmpty)
    }
}

@Suite struct SerialOpeningTests {
    private func failure(opening path: String) throws -> ConnectError? {
        let reactor = try Reactor()
        let recorder = Recorder()
        var outcome: Result<any Transport, ConnectError>?
        reactor.openSerial(path) { _ in
            recorder
        } completion: {
            outcome = $0
        }
        try reactor.run(until: "an answer") { outcome != nil }
        #expect(recorder.events.isEmpty)
        #expect(try reactor.finish().isEmpty)
        guard case .failure(let error)? = outcome else { return nil }
        return error
    }

    @Test(arguments: [
        ("/dev/no-such-device", ENOENT), ("/tmp", EISDIR), ("/dev/null", ENOTTY),
        ("/etc/passwd", ENOTTY), ("a\0b", EINVAL),
    ])
    func whatIsNoLineIsAnErrorThatNamesIt(path: String, code: Int32) throws {
        let error = try #require(try failure(opening: path))
        guard case .failed(let failures) = error.cause else {
            Issue.record("\(error)")
            return
        }
        #expect(failures.map(\.error.code) == [code])
        #expect(failures.first?.error.call.contains(path) == true)
    }

    @Test func aLineInUseIsBusyAndNamesItsUser() throws {
        let device = try PseudoTerminalPair()
        let reactor = try Reactor()
        let holder = Recorder()
        reactor.openSerial(device.path) { _ in holder }
        try reactor.run(until: "open") { holder.transport != nil }
        let child = Recorder()
        // Another process that has the terminal open, and one that wants it: ours.
        try reactor.spawn(ProcessOptions(shell: "exec 5<>\(device.path); echo ready; cat")) { _ in
            child
        }
        try reactor.run(until: "the other process has it") { child.text == "ready\n" }
        let error = try #require(try failure(opening: device.path))
        #expect(error.description.contains("in use by"))
        #expect(error.description.contains("EBUSY"))
        #expect(error.description.contains("cat") || error.description.contains("sh"))
        child.transport?.close()
        holder.transport?.close()
        try reactor.run(until: "both closed") { child.isLost && holder.isLost }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aMarkThatADeadUserLeftDoesNotLockTheLine() throws {
        let device = try PseudoTerminalPair()
        let kernel = PosixKernel()
        // What a killed process leaves on a terminal whose other end is still open.
        let dead = Int32(try kernel.openLine(device.path).get("open"))
        #expect(kernel.setLineExclusive(dead, true).isSuccess)
        kernel.close(dead)
        let reactor = try Reactor()
        let recorder = Recorder()
        reactor.openSerial(device.path) { _ in recorder }
        try reactor.run(until: "open") { recorder.transport != nil }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aCancelledOpeningLeavesNothingOpen() throws {
        let device = try PseudoTerminalPair()
        let reactor = try Reactor()
        let recorder = Recorder()
        for _ in 0..<20 {
            var outcome: Result<any Transport, ConnectError>?
            let attempt = reactor.openSerial(device.path) { _ in
                recorder
            } completion: {
                outcome = $0
            }
            attempt.cancel()
            try reactor.run(until: "an answer") { outcome != nil }
            guard case .failure(let error)? = outcome else {
                Issue.record("opened all the same")
                return
            }
            #expect(error.cause == .cancelled)
        }
        #expect(recorder.events.isEmpty)
        // Exclusive use shows that no forgotten descriptor still has the line.
        var isOpen = false
        var tries = 0
        while !isOpen, tries < 100 {
            var outcome: Result<any Transport, ConnectError>?
            reactor.openSerial(device.path) { _ in
                recorder
            } completion: {
                outcome = $0
            }
            try reactor.run(until: "an answer") { outcome != nil }
            isOpen = recorder.transport != nil
            tries += 1
        }
        #expect(isOpen)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aStoppedReactorGivesTheLineBack() throws {
        let device = try PseudoTerminalPair()
        let before = device.settings
        let reactor = try Reactor()
        let recorder = Recorder()
        reactor.openSerial(device.path, SerialOptions(SerialSettings(baud: 4800))) { _ in recorder }
        try reactor.run(until: "open") { recorder.transport != nil }
        #expect(try reactor.finish().isEmpty)
        #expect(recorder.reason == .closedByUs)
        #expect(device.settings == before)
    }
}

@Suite struct SerialClaimTests {
    @Test func aLineThatWeShareKeepsTheClaimOfAnother() throws {
        let device = try PseudoTerminalPair()
        let kernel = PosixKernel()
        let other = Int32(try kernel.openLine(device.path).get("open"))
        let reactor = try Reactor()
        let recorder = Recorder()
        var options = SerialOptions()
        options.exclusive = false
        reactor.openSerial(device.path, options) { _ in recorder }
        try reactor.run(until: "open") { recorder.isConnected }
        #expect(kernel.setLineExclusive(other, true).isSuccess)
        recorder.transport?.close()
        try reactor.run(until: "closed") { recorder.isLost }
        #expect(kernel.isLineExclusive(other).rawValue == 1)
        kernel.close(other)
        #expect(try reactor.finish().isEmpty)
    }
}

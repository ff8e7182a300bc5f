import FairleadEngine
import FairleadWire
import Glibc
import Testing

@Suite struct PseudoTerminalTests {
    /// A link name of its own for each test.
    private static func freshLink() -> String {
        "/tmp/fairlead-pty-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    }

    @Test func programsComeAndGoUnderOneName() throws {
        let link = Self.freshLink()
        let reactor = try Reactor()
        var recorders: [Recorder] = []
        let port = try reactor.listenPseudoTerminal(link: link) { _ in
            let recorder = Recorder()
            recorder.onMade = { $0.write("$GPTXT\r\n") }
            recorders.append(recorder)
            return recorder
        }
        #expect(port.localAddress == .device(path: link))
        for round in 1...3 {
            let program = Recorder()
            reactor.openSerial(link) { _ in program }
            try reactor.run(until: "the greeting") { program.text == "$GPTXT\r\n" }
            program.transport?.write("hello \(round)")
            try reactor.run(until: "the program's words") {
                recorders.last?.text == "hello \(round)"
            }
            #expect(port.connectionCount == 1)
            program.transport?.close()
            try reactor.run(until: "the hang-up") { recorders.last?.isLost == true }
            #expect(recorders.last?.reason == .hangUp)
        }
        #expect(recorders.count == 3)
        #expect(port.connectionCount == 0)
        #expect(try reactor.finish().isEmpty)
        #expect(reactor.kernel.status(of: link) == nil)
    }

    @Test func nobodyIsConnectedBeforeSomebodyOpensIt() throws {
        let reactor = try Reactor()
        var made = 0
        let port = try reactor.listenPseudoTerminal { _ in
            made += 1
            return Recorder()
        }
        for _ in 0..<5 { try reactor.turn(until: reactor.now + .milliseconds(5)) }
        #expect(made == 0)
        guard case .device(let path) = port.localAddress else { return }
        #expect(path.hasPrefix("/dev/pts/"))
        #expect(try reactor.finish().isEmpty)
    }

    @Test func closingHangsUpOnTheProgramAfterItHasReadEverything() throws {
        let link = Self.freshLink()
        let reactor = try Reactor()
        let payload = (0..<3000).map { UInt8(truncatingIfNeeded: $0) }
        var ours: Recorder?
        let port = try reactor.listenPseudoTerminal(link: link) { _ in
            let recorder = Recorder()
            recorder.onMade = { transport in
                transport.write(payload)
                transport.close()
            }
            ours = recorder
            return recorder
        }
        for _ in 0..<2 {
            let program = Recorder()
            reactor.openSerial(link) { _ in program }
            try reactor.run(until: "both ends") { program.isLost && ours?.isLost == true }
            #expect(program.received.count == payload.count)
            #expect(program.received.elementsEqual(payload))
            #expect(program.reason == .hangUp)
            #expect(ours?.reason == .closedByUs)
        }
        #expect(port.connectionCount == 0)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aLinkThatLeadsNowhereIsReplacedAndOtherFilesAreNot() throws {
        let link = Self.freshLink()
        let kernel = PosixKernel()
        #expect(kernel.makeSymbolicLink(link, to: "/dev/pts/99999").isSuccess)
        let reactor = try Reactor()
        let port = try reactor.listenPseudoTerminal(link: link) { _ in Recorder() }
        let error = #expect(throws: SystemError.self) {
            try reactor.listenPseudoTerminal(link: link) { _ in Recorder() }
        }
        #expect(error?.code == EEXIST)
        #expect(error?.call == "link \(link)")
        port.stop()
        #expect(kernel.status(of: link) == nil)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func theModeIsThatOfTheDevice() throws {
        let reactor = try Reactor()
        var options = PseudoTerminalOptions()
        options.mode = 0o640
        let port = try reactor.listenPseudoTerminal(options) { _ in Recorder() }
        guard case .device(let path) = port.localAddress else { return }
        #expect(reactor.kernel.status(of: path)?.mode == 0o640)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aRefusedProgramIsHungUpOnAndTheNextIsServed() throws {
        let link = Self.freshLink()
        let reactor = try Reactor()
        var offers = 0
        let port = try reactor.listenPseudoTerminal(link: link) { _ in
            offers += 1
            return offers == 1 ? nil : Recorder()
        }
        let refused = Recorder()
        reactor.openSerial(link) { _ in refused }
        try reactor.run(until: "the refusal") { refused.isLost }
        #expect(refused.reason == .hangUp)
        let served = Recorder()
        reactor.openSerial(link) { _ in served }
        try reactor.run(until: "a connection") { port.connectionCount == 1 }
        #expect(served.reason == nil)
        #expect(try reactor.finish().isEmpty)
    }
}

// Child processes, with programs that every Debian has: what they write, read and say at their
// end, by pipes and by a pseudo-terminal, and that no zombie and no descriptor stays behind.
// Nothing waits for a time to pass: each test turns the reactor until the thing has happened.
import FairleadEngine
import FairleadWire
import Glibc
import Testing

/// Writes down what a child says and how it ends.
private final class ChildRecorder: ProcessProtocol {
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []
    private(set) var exits: [ProcessExit] = []
    private(set) var reasons: [Disconnect] = []
    var onMade: ((any Transport) -> Void)?

    var isOver: Bool { !reasons.isEmpty }
    var text: String { String(decoding: output, as: UTF8.self) }

    func connectionMade(on transport: any Transport) { onMade?(transport) }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        output.append(copying: bytes)
    }
    func receivedError(_ bytes: Span<UInt8>, on transport: any ProcessTransport) {
        errors.append(copying: bytes)
    }
    func processExited(_ exit: ProcessExit, on transport: any ProcessTransport) {
        exits.append(exit)
    }
    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        reasons.append(reason)
    }
}

@Suite struct ChildProcessTests {
    private func run(
        _ options: ProcessOptions, limits: Limits = Limits(),
        _ act: ((any ProcessTransport) throws -> Void)? = nil
    ) throws -> ChildRecorder {
        let reactor = try Reactor(limits: limits)
        let recorder = ChildRecorder()
        let child = try reactor.spawn(options) { _ in recorder }
        try act?(child)
        try reactor.run(until: "the end of the child") { recorder.isOver }
        #expect(try reactor.finish().isEmpty)
        // Reaped: the kernel does not know it any more.
        #expect(kill(child.processID, 0) == -1 && errno == ESRCH)
        return recorder
    }

    @Test func whatGoesInComesOut() throws {
        let payload = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let recorder = try run(ProcessOptions("cat")) { child in
            child.write(payload)
            child.closeWrite()
        }
        #expect(recorder.output.elementsEqual(payload))
        #expect(recorder.exits == [.status(0)])
        #expect(recorder.reasons == [.closedByPeer])
    }

    @Test(arguments: [1, 7, 255])
    func anExitStatusIsTheReason(status: Int32) throws {
        let recorder = try run(ProcessOptions(shell: "echo bye; exit \(status)"))
        #expect(recorder.text == "bye\n")
        #expect(recorder.exits == [.status(status)])
        #expect(recorder.reasons == [.exited(.status(status))])
    }

    @Test func aSignalIsTheReason() throws {
        let recorder = try run(ProcessOptions("sleep", ["60"])) { $0.sendSignal(SIGTERM) }
        #expect(recorder.exits == [.signal(SIGTERM)])
        #expect(recorder.reasons == [.exited(.signal(SIGTERM))])
    }

    @Test func standardErrorGoesWhereItShould() throws {
        var options = ProcessOptions(shell: "echo out; echo err >&2")
        options.standardError = .separate
        let separate = try run(options)
        #expect(separate.text == "out\n")
        #expect(separate.errors == Array("err\n".utf8))
        options.standardError = .merged
        let merged = try run(options)
        #expect(merged.text == "out\nerr\n")
        #expect(merged.errors.isEmpty)
    }

    @Test func environmentAndWorkingDirectoryAreAsAsked() throws {
        var options = ProcessOptions(shell: "pwd; env")
        options.workingDirectory = "/usr"
        options.environment = ["FAIRLEAD_TEST": "a=b c"]
        let recorder = try run(options)
        let lines = recorder.text.split(separator: "\n")
        #expect(lines.first == "/usr")
        #expect(lines.contains("FAIRLEAD_TEST=a=b c"))
        #expect(!lines.contains { $0.hasPrefix("HOME=") })
    }

    @Test func aTerminalControlsTheChild() throws {
        var options = ProcessOptions(shell: "tty; test -t 0 && test -t 2 && echo yes; cat; exit 3")
        options.hasTerminal = true
        let reactor = try Reactor()
        let recorder = ChildRecorder()
        let child = try reactor.spawn(options) { _ in recorder }
        try reactor.run(until: "a terminal's answer") { recorder.text.contains("yes") }
        #expect(recorder.text.hasPrefix("/dev/pts/"))
        child.write("line\n")
        try reactor.run(until: "the echo and the copy") {
            recorder.text.components(of: "line").count == 3
        }
        child.closeWrite()
        try reactor.run(until: "the end of the child") { recorder.isOver }
        #expect(recorder.reasons == [.exited(.status(3))])
        #expect(try reactor.finish().isEmpty)
    }

    @Test func noDescriptorOfOursIsInherited() throws {
        let recorder = try run(ProcessOptions(shell: "ls /proc/self/fd | wc -l"))
        // 0, 1, 2 and the folder that ls reads.
        #expect(recorder.text.trimmed == "4")
    }

    @Test func signalsOfTheChildAreTheDefaults() throws {
        // SIGPIPE is ignored in this process; a child must die of it as usual.
        let recorder = try run(
            ProcessOptions(shell: "yes | head -n 1; grep SigIgn /proc/self/status"))
        #expect(recorder.text.hasPrefix("y\n"))
        let digits = try #require(recorder.text.trimmed.split(separator: "\t").last)
        let ignored = try #require(UInt64(digits, radix: 16))
        // Signals 32 and 33 are the C library's own; posix_spawn leaves them ignored.
        #expect(ignored & 0x7FFF_FFFF == 0)
    }

    @Test func oneThatWillNotGoIsKilledInTheEnd() throws {
        var limits = Limits()
        limits.closeTimeout = .milliseconds(20)
        let stubborn = "trap '' TERM; echo ready; while :; do sleep 0.01; done"
        let reactor = try Reactor(limits: limits)
        let recorder = ChildRecorder()
        let child = try reactor.spawn(ProcessOptions(shell: stubborn)) { _ in recorder }
        try reactor.run(until: "the trap is set") { recorder.text == "ready\n" }
        child.close()
        try reactor.run(until: "the end of the child") { recorder.isOver }
        #expect(recorder.exits == [.signal(SIGKILL)])
        #expect(recorder.reasons == [.closedByUs])
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aShutDownTakesChildrenAlong() throws {
        let reactor = try Reactor()
        let recorder = ChildRecorder()
        let child = try reactor.spawn(ProcessOptions("sleep", ["60"])) { _ in recorder }
        #expect(try reactor.finish().isEmpty)
        #expect(recorder.exits == [.signal(SIGKILL)])
        #expect(recorder.reasons == [.closedByUs])
        #expect(kill(child.processID, 0) == -1 && errno == ESRCH)
    }

    @Test func aGrandchildThatHoldsTheOutputDoesNotDelayTheExit() throws {
        let reactor = try Reactor()
        let recorder = ChildRecorder()
        let child = try reactor.spawn(ProcessOptions(shell: "sleep 60 & exit 5")) { _ in recorder }
        try reactor.run(until: "the exit") { !recorder.exits.isEmpty }
        #expect(recorder.exits == [.status(5)])
        #expect(!recorder.isOver)
        child.close()
        try reactor.run(until: "the end") { recorder.isOver }
        #expect(try reactor.finish().isEmpty)
        // The group outlives its leader; take it down.
        kill(-child.processID, SIGKILL)
    }

    @Test func whatCannotStartIsAnErrorThatNamesIt() throws {
        let reactor = try Reactor()
        let noProgram = #expect(throws: SystemError.self) {
            try reactor.spawn(ProcessOptions("/no/such/program")) { _ in Recorder() }
        }
        #expect(noProgram?.description.contains("/no/such/program") == true)
        var options = ProcessOptions("true")
        options.workingDirectory = "/no/such/folder"
        let noFolder = #expect(throws: SystemError.self) {
            try reactor.spawn(options) { _ in Recorder() }
        }
        #expect(noFolder?.call == "working directory /no/such/folder")
        #expect(throws: SystemError.self) {
            try reactor.spawn(ProcessOptions("echo", ["a\0b"])) { _ in Recorder() }
        }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aHundredChildrenEndOnceEach() throws {
        let reactor = try Reactor()
        let recorders = (0..<100).map { _ in ChildRecorder() }
        for (index, recorder) in recorders.enumerated() {
            try reactor.spawn(ProcessOptions(shell: "exit \(index)")) { _ in recorder }
        }
        try reactor.run(until: "all ends") { recorders.allSatisfy(\.isOver) }
        #expect(recorders.map(\.exits) == (0..<100).map { [.status($0)] })
        #expect(recorders.allSatisfy { $0.reasons.count == 1 })
        #expect(try reactor.finish().isEmpty)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(
            drop { $0 == " " || $0 == "\n" }.reversed().drop { $0 == "\n" || $0 == " " }
                .reversed())
    }

    /// What lies between the occurrences of a separator.
    fileprivate func components(of separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

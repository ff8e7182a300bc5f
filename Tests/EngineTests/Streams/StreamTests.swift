// Streams that are no sockets: adopted descriptors, pipes, standard streams, files. What is shared
// with other processes must come back with the flags that it had, whatever the end was like.
// Each test leaves the reactor empty, which is checked.
import FairleadEngine
import FairleadWire
import Glibc
import Testing

@Suite struct AdoptedStreamTests {
    @Test func twoPipeEndsAreOneConnection() throws {
        let reactor = try Reactor()
        let ends = try PosixKernel().makePipe(oursReads: true).get()
        let recorder = Recorder()
        let stream = try reactor.adoptStream(input: ends.reading, output: ends.writing) { _ in
            recorder
        }
        let payload = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
        stream.write(payload)
        stream.closeWrite()
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.received.elementsEqual(payload))
        #expect(recorder.madeCount == 1 && recorder.lostCount == 1)
        #expect(recorder.eventsAfterEnd == 0)
        #expect(recorder.reason == .closedByPeer)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aPipeWhoseReaderIsGoneEndsTheConnection() throws {
        let reactor = try Reactor()
        let kernel = PosixKernel()
        let back = try kernel.makePipe(oursReads: true).get()
        let forth = try kernel.makePipe(oursReads: false).get()
        let recorder = Recorder()
        let stream = try reactor.adoptStream(input: back.reading, output: forth.writing) { _ in
            recorder
        }
        kernel.close(forth.reading)
        stream.write("into the void")
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.reason == .closedByPeer)
        kernel.close(back.writing)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aDescriptorThatIsNotOpenIsAnError() throws {
        let reactor = try Reactor()
        let error = #expect(throws: SystemError.self) {
            try reactor.adoptStream(input: 987_654, output: -1) { _ in Recorder() }
        }
        #expect(error?.code == EBADF)
        #expect(error?.call == "descriptor 987654")
    }

    @Test func aRefusedDescriptorIsClosed() throws {
        let reactor = try Reactor()
        let kernel = PosixKernel()
        let ends = try kernel.makePipe(oursReads: true).get()
        #expect(throws: SystemError.self) {
            try reactor.adoptStream(input: ends.reading, output: -1) { _ in nil }
        }
        // Nobody reads any more.
        #expect(kernel.write(ends.writing, [1].span).code == EPIPE)
        kernel.close(ends.writing)
        #expect(try reactor.finish().isEmpty)
    }
}

@Suite struct FileStreamTests {
    @Test func aFileIsReadToItsEnd() throws {
        let payload = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let file = TestFile(payload)
        let reactor = try Reactor()
        let recorder = Recorder()
        let stream = try reactor.openFile(file.path) { _ in recorder }
        #expect(stream.localAddress == .file(path: file.path))
        stream.write("goes nowhere")
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.received.elementsEqual(payload))
        #expect(recorder.reason == .closedByPeer)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aRateCutsTheFileIntoSteps() throws {
        let file = TestFile([UInt8](repeating: 0x41, count: 1000))
        let reactor = try Reactor()
        let recorder = Recorder()
        var steps: [Int] = []
        recorder.onReceived = { _, _ in steps.append(recorder.received.count) }
        var options = FileOptions()
        options.bytesPerSecond = 10_000
        try reactor.openFile(file.path, options) { _ in recorder }
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(steps == [500, 1000])
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aPausedFileWaits() throws {
        let file = TestFile([UInt8](repeating: 0x41, count: 300_000))
        let reactor = try Reactor()
        let recorder = Recorder()
        recorder.onReceived = { $1.pauseReading() }
        try reactor.openFile(file.path) { _ in recorder }
        try reactor.run(until: "the first chunk") { !recorder.received.isEmpty }
        let first = recorder.received.count
        for _ in 0..<5 { try reactor.turn(until: reactor.now + .milliseconds(2)) }
        #expect(recorder.received.count == first)
        recorder.onReceived = nil
        recorder.transport?.resumeReading()
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.received.count == 300_000)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aRepeatedFileGoesOnUntilItIsClosed() throws {
        let file = TestFile(Array("abc".utf8))
        let reactor = try Reactor()
        let recorder = Recorder()
        recorder.onReceived = { if recorder.received.count >= 9 { $1.close() } }
        var options = FileOptions()
        options.repeats = true
        try reactor.openFile(file.path, options) { _ in recorder }
        try reactor.run(until: "three rounds") { recorder.isLost }
        #expect(recorder.text == "abcabcabc")
        #expect(recorder.reason == .closedByUs)
        #expect(try reactor.finish().isEmpty)
        #expect(reactor.kernel.status(of: file.path) != nil)
    }

    @Test func anEmptyFileThatRepeatsEndsInsteadOfSpinning() throws {
        let file = TestFile([])
        let reactor = try Reactor()
        let recorder = Recorder()
        var options = FileOptions()
        options.repeats = true
        try reactor.openFile(file.path, options) { _ in recorder }
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.reason == .closedByPeer)
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aFIFOIsReadAsItFills() throws {
        let file = TestFile(fifo: 0o600)
        let reactor = try Reactor()
        let recorder = Recorder()
        try reactor.openFile(file.path) { _ in recorder }
        let writer = file.openToWrite()
        #expect(writer >= 0)
        let kernel = PosixKernel()
        #expect(kernel.write(writer, Array("drip".utf8).span).rawValue == 4)
        try reactor.run(until: "the bytes") { recorder.text == "drip" }
        kernel.close(writer)
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.reason == .closedByPeer)
        #expect(try reactor.finish().isEmpty)
    }

    @Test(arguments: [("/no/such/file", ENOENT), ("/tmp", EISDIR)])
    func whatCannotBeReadIsAnErrorThatNamesIt(path: String, code: Int32) throws {
        let reactor = try Reactor()
        let error = #expect(throws: SystemError.self) {
            try reactor.openFile(path) { _ in Recorder() }
        }
        #expect(error?.code == code)
        #expect(error?.call.contains(path) == true)
    }

    @Test func aStoppedReactorClosesTheFile() throws {
        let file = TestFile([UInt8](repeating: 0x41, count: 1000))
        let reactor = try Reactor()
        let recorder = Recorder()
        var options = FileOptions()
        options.bytesPerSecond = 20
        try reactor.openFile(file.path, options) { _ in recorder }
        #expect(try reactor.finish().isEmpty)
        #expect(recorder.reason == .closedByUs)
    }
}

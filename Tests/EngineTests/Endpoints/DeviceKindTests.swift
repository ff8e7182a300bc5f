import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc
import Testing

/// The endpoint strings of devices, programs and files, opened for real.
@Suite struct DeviceKindTests {
    /// Connects to a string; gives the reactor, the recorder and what became of it.
    private func connect(_ text: String) throws -> (
        reactor: Reactor, recorder: Recorder, outcome: Result<any Transport, ConnectError>
    ) {
        let reactor = try Reactor()
        let recorder = Recorder()
        var outcome: Result<any Transport, ConnectError>?
        try reactor.connect(text) { _ in
            recorder
        } completion: {
            outcome = $0
        }
        try reactor.run(until: "an answer") { outcome != nil }
        return (reactor, recorder, try #require(outcome))
    }

    @Test func aSerialStringSetsTheLine() throws {
        let device = try PseudoTerminalPair()
        let text = "serial:\(device.path):baud=4800:stop=2:flow=rtscts:exclusive=0:hangUp=1"
        let (reactor, recorder, outcome) = try connect(text)
        #expect(try outcome.get() is any SerialTransport)
        #expect(
            device.settings
                == SerialSettings(
                    baud: 4800, stopBits: 2, flowControl: .rtsCts, hangUpOnClose: true))
        device.send("$GP")
        try reactor.run(until: "bytes") { recorder.text == "$GP" }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aMissingDeviceIsAnErrorThatNamesIt() throws {
        let (reactor, _, outcome) = try connect("serial:/dev/no-such-line")
        guard case .failure(let error) = outcome else {
            Issue.record("opened")
            return
        }
        #expect(
            error.description
                == "/dev/no-such-line: open /dev/no-such-line: No such file or directory (ENOENT)"
                || error.description.contains("ENOENT"))
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aCommandIsRunByTheShell() throws {
        let (reactor, recorder, outcome) = try connect(#"exec:echo a\:b | tr a-z A-Z; exit 4"#)
        #expect(try outcome.get() is any ProcessTransport)
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.text == "A:B\n")
        #expect(recorder.reason == .exited(.status(4)))
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aFileIsReadToItsEnd() throws {
        let file = TestFile(Array("$GPGGA\r\n".utf8))
        let (reactor, recorder, _) = try connect("file:\(file.path)")
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.text == "$GPGGA\r\n")
        let missing = try connect("file:/no/such/log")
        #expect(throws: ConnectError.self) { try missing.outcome.get() }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aDescriptorThatWasOpenedByOthersIsAConnectionOrAPort() throws {
        let kernel = PosixKernel()
        let ends = try kernel.makePipe(oursReads: true).get()
        let (reactor, recorder, _) = try connect("fd:\(ends.reading)")
        _ = kernel.write(ends.writing, Array("handed over".utf8).span)
        kernel.close(ends.writing)
        try reactor.run(until: "the end") { recorder.isLost }
        #expect(recorder.text == "handed over")

        let socket = Int32(try kernel.socket(.ipv4, .stream).get("socket"))
        let loopback = try #require(SocketAddress(literal: "127.0.0.1", port: 0))
        #expect(kernel.bind(socket, to: loopback).isSuccess)
        #expect(throws: SystemError.self) { try reactor.listen("fd:\(socket)") { _ in recorder } }
        #expect(kernel.listen(socket, backlog: 5).isSuccess)
        let served = Recorder()
        let port = try reactor.listen("fd:\(socket)") { _ in served }
        let client = Recorder()
        let target = try #require(port.clientEndpoint)
        try reactor.connect("\(target)") { _ in client }
        try reactor.run(until: "a connection") { served.isConnected && client.isConnected }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aPseudoTerminalPortIsReachedBySerialStringOfItsLink() throws {
        let reactor = try Reactor()
        let served = Recorder()
        let port = try reactor.listen("pty:") { _ in served }
        let target = try #require(port.clientEndpoint)
        #expect(target.kind == "serial")
        let client = Recorder()
        try reactor.connect("\(target)") { _ in client }
        try reactor.run(until: "a connection") { served.isConnected && client.isConnected }
        client.transport?.write("to the master")
        try reactor.run(until: "bytes") { served.text == "to the master" }
        #expect(try reactor.finish().isEmpty)
    }

    @Test func aRefusedConnectionSaysSo() throws {
        let reactor = try Reactor()
        for text in ["exec:sleep 9", "file:/dev/null", "file:/etc/passwd"] {
            var outcome: Result<any Transport, ConnectError>?
            try reactor.connect(text) { _ in
                nil
            } completion: {
                outcome = $0
            }
            guard case .failure(let error)? = outcome else {
                Issue.record("\(text): \(String(describing: outcome))")
                continue
            }
            #expect(error.cause == .refusedByFactory)
        }
        #expect(try reactor.finish().isEmpty)
    }

    @Test(arguments: [
        ("serial:/dev/ttyS0:baud=fast", "baud"), ("serial:/dev/ttyS0:bits=9", "bits"),
        ("serial:/dev/ttyS0:parity=evn", "parity"), ("serial:/dev/ttyS0:flow=hard", "flow"),
        ("serial:", "path"), ("file:x:rate=0", "rate"), ("exec:", "command"), ("fd:x", "number"),
        ("fd:-1", "number"), ("exec:true:errors=separate", "errors"),
    ])
    func aBadStringNamesThePart(text: String, part: String) throws {
        let error = #expect(throws: EndpointStringError.self) {
            try Endpoints.standard.client(text)
        }
        #expect(error?.part.hasPrefix(part) == true)
    }
}

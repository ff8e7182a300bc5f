// Socket activation: the variables and the choice among passed sockets on a kernel that only knows
// natures, then the real thing: a process of its own (engine-probe) that is started as a service
// manager does it, with the socket as descriptor 3 and LISTEN_PID its own number.
import FairleadWire
import Foundation
import Testing

@testable import FairleadEngine

/// A kernel that knows some passed descriptors by number and copies them as it is told.
private final class PassedKernel: Kernel {
    var natures: [Int32: SocketNature] = [:]
    var closedOnExec: [Int32] = []
    var duplicated: [Int32] = []

    func now() -> Instant { Instant(nanoseconds: 0) }
    func coarseNow() -> Instant { Instant(nanoseconds: 0) }
    func makePoller(_ backend: Backend) throws(SystemError) -> any Poller { try Epoll() }
    func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) -> SystemResult {
        SystemResult(0)
    }
    func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> SystemResult { SystemResult(0) }
    func close(_ descriptor: Int32) {}
    func nature(of descriptor: Int32) -> SocketNature? { natures[descriptor] }
    func duplicate(_ descriptor: Int32) -> SystemResult {
        duplicated.append(descriptor)
        return .failure(EMFILE)
    }
    func closeOnExec(_ descriptor: Int32) -> SystemResult {
        closedOnExec.append(descriptor)
        return .success
    }
}

@Suite struct SocketActivationTests {
    private func read(_ environment: [String: String]) throws -> SocketActivation {
        try SocketActivation(environment: { environment[$0] }, process: 77)
    }

    @Test func theVariablesSayWhichDescriptorsWerePassed() throws {
        let two = try read(["LISTEN_PID": "77", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "web:"])
        #expect(two.sockets.map(\.descriptor) == [3, 4])
        #expect(two.sockets.map(\.name) == ["web", ""])
        let one = try read(["LISTEN_PID": "77", "LISTEN_FDS": "1"])
        #expect(one.sockets.map(\.name) == ["unknown"])
    }

    @Test(arguments: [
        ([:], "LISTEN_PID is not set"), (["LISTEN_PID": ""], "LISTEN_PID is not set"),
        (["LISTEN_PID": "78", "LISTEN_FDS": "1"], "LISTEN_PID is 78"),
        (["LISTEN_PID": "-77", "LISTEN_FDS": "1"], "LISTEN_PID is \"-77\""),
        (["LISTEN_PID": "99999999999", "LISTEN_FDS": "1"], "LISTEN_PID is \"99999999999\""),
        (["LISTEN_PID": "77"], "LISTEN_FDS is not set"),
        (["LISTEN_PID": "77", "LISTEN_FDS": "0"], "LISTEN_FDS is 0"),
        (["LISTEN_PID": "77", "LISTEN_FDS": "x"], "LISTEN_FDS is \"x\""),
        (["LISTEN_PID": "77", "LISTEN_FDS": "2147483647"], "LISTEN_FDS is \"2147483647\""),
        (
            ["LISTEN_PID": "77", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "web"],
            "LISTEN_FDNAMES has 1 names"
        ),
    ])
    func aWrongVariableIsNamed(_ environment: [String: String], _ beginning: String) {
        let error = #expect(throws: SocketActivationError.self) { try read(environment) }
        #expect(error?.message.hasPrefix(beginning) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("systemd:name=web", "copied 4"), ("systemd:index=1", "copied 4"),
        ("systemd:domain=UNIX", "copied 5"), ("systemd:domain=INET:index=0", "copied 3"),
        ("systemd:name=api:index=2", "copied 5"), ("systemd:name=api:domain=INET", "copied 3"),
        ("systemd:", "several fit systemd: say index= and one of 0, 1, 2, 3, 4"),
        ("systemd:name=api", "several fit systemd:name=api: say index= and one of 0, 2"),
        (
            "systemd:name=ftp",
            "no \"ftp\": LISTEN_FDNAMES has \"api\", \"web\", \"api\", \"x\", \"y\""
        ),
        ("systemd:index=5", "no index 5: LISTEN_FDS says 5"),
        (
            "systemd:domain=UNIX:index=0",
            "no socket that was passed fits systemd:domain=UNIX:index=0"
        ),
        ("systemd:name=x", "descriptor 6 (index 3, \"x\"): it is no listening stream socket"),
        ("systemd:name=y", "descriptor 7 (index 4, \"y\"): it is no INET, INET6 or UNIX socket"),
    ])
    func theSocketIsChosenByNameDomainAndPlace(_ text: String, _ outcome: String) throws {
        let kernel = PassedKernel()
        kernel.natures = [
            3: SocketNature(.ipv4, .stream, isListening: true),
            4: SocketNature(.ipv6, .stream, isListening: true),
            5: SocketNature(.unix, .stream, isListening: true),
            6: SocketNature(.ipv4, .datagram, isListening: false),
        ]
        let reactor = Reactor(poller: try Epoll(), kernel: kernel)
        let environment = [
            "LISTEN_PID": "1", "LISTEN_FDS": "5", "LISTEN_FDNAMES": "api:web:api:x:y",
        ]
        let endpoints = Endpoints([
            .systemd { () throws(SocketActivationError) in
                try SocketActivation(environment: { environment[$0] }, process: 1)
            }
        ])
        let endpoint = try endpoints.server(text)
        do {
            _ = try endpoint.listen(on: reactor) { _ in nil }
            Issue.record("listening on nothing")
        } catch let error as SocketActivationError {
            #expect(error.message == outcome)
            #expect(kernel.duplicated.isEmpty)
        } catch {
            let copied = kernel.duplicated.map { "copied \($0)" }.joined()
            #expect(copied == outcome, "\(error)")
        }
        #expect(kernel.closedOnExec == [3, 4, 5, 6, 7])
    }

    @Test func withoutActivationTheStandardKindSaysSo() throws {
        let owner = try ClosingReactor()
        let reactor = owner.reactor
        #expect(throws: SocketActivationError.self) {
            try reactor.listen("systemd:name=web") { _ in nil }
        }
    }
}

@Suite(.serialized) struct SystemdProcessTests {
    /// The program beside the one that runs these tests.
    private static var probe: String {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(fileURLWithPath: own).deletingLastPathComponent()
        let place = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
            .map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        return (place ?? beside).appendingPathComponent("engine-probe").path
    }

    /// Starts the probe as a service manager would: the socket as descriptor 3, and its name.
    private func start(_ socket: Int32, _ setting: String, _ endpoint: String) throws
        -> (Process, Pipe)
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let script =
            "exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=web; "
            + "\(setting) exec \"$0\" \"$1\""
        process.arguments = ["-c", script, Self.probe, endpoint]
        process.standardInput = FileHandle(fileDescriptor: socket, closeOnDealloc: false)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        return (process, output)
    }

    private func finish(_ process: Process) {
        // Not SIGTERM: the child has the signal mask of the thread that started it.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    private func listen(_ address: SocketAddress) throws -> (PosixKernel, Int32) {
        let kernel = PosixKernel()
        let socket = try kernel.socket(address.family, .stream).descriptor("socket")
        _ = try kernel.bind(socket, to: address).get("bind")
        _ = try kernel.listen(socket, backlog: 8).get("listen")
        return (kernel, socket)
    }

    private func firstLine(_ output: Pipe) -> String {
        let data = output.fileHandleForReading.availableData
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    @Test func aProcessServesTheSocketThatItWasPassed() throws {
        let folder = try FreshFolder()
        let rows: [(SocketAddress, String)] = [
            (.ipv4(.loopback, port: 0), "systemd:name=web"),
            (.ipv4(.loopback, port: 0), "systemd:domain=INET:index=0"),
            (.unix(path: folder.file("x.sock")), "systemd:domain=UNIX"),
        ]
        for (address, endpoint) in rows {
            let (kernel, socket) = try listen(address)
            defer { kernel.close(socket) }
            let bound = try #require(kernel.localAddress(of: socket))
            let (process, output) = try start(socket, "", endpoint)
            defer { finish(process) }
            let line = firstLine(output)
            #expect(line == "\(bound.family == .unix ? "unix" : "tcp"):\(bound)")
            let owner = try ClosingReactor()
            let reactor = owner.reactor
            let client = NotingProtocol()
            client.onMade = { $0.write("hello") }
            client.onReceived = { $0.close() }
            try reactor.connect(line) { _ in client }
            try reactor.turn { client.reasons.isEmpty }
            #expect(client.text == "hello" && client.reasons == [.closedByUs])
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
    }

    @Test func aProcessForWhichTheSocketIsNotRefusesIt() throws {
        let (kernel, socket) = try listen(.ipv4(.loopback, port: 0))
        defer { kernel.close(socket) }
        let rows = [
            ("LISTEN_PID=1;", "systemd:", "error: systemd: LISTEN_PID is 1: "),
            ("LISTEN_FDS=two;", "systemd:", "error: systemd: LISTEN_FDS is \"two\"; expected"),
            ("", "systemd:name=api", "error: systemd: no \"api\": LISTEN_FDNAMES has \"web\""),
            ("exec 3</dev/null;", "systemd:", "error: systemd: descriptor 3 (index 0, \"web\"): "),
        ]
        for (setting, endpoint, beginning) in rows {
            let (process, output) = try start(socket, setting, endpoint)
            defer { finish(process) }
            let line = firstLine(output)
            #expect(line.hasPrefix(beginning), "\(line)")
        }
    }
}

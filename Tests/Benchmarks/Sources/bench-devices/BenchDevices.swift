// What an attached device costs when all is not well: floods of a megabyte a second, a device that
// is not there, and pulls: bench-devices [SECONDS] prints the share of a core that this process
// takes (the flood comes from another one), the lines that it logs, and how long after its node
// is back a device's first sentence is heard.
import FairleadDevices
import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadWire
import Glibc

/// Takes sentences; tells of each.
final class Ear: StreamProtocol {
    private let parser = NMEAParser()
    private let heard: () -> Void

    init(_ heard: @escaping () -> Void) {
        self.heard = heard
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        parser.feed(bytes) { _, _ in heard() }
    }
}

/// An attachment to a path, and what it does.
final class Bench {
    let reactor: Reactor
    let monitor: DeviceMonitor
    let attachment: DeviceAttachment
    private(set) var lines = 0
    private(set) var sentences = 0

    init(_ path: String, _ settings: SerialSettings?) throws {
        reactor = try Reactor()
        monitor = DeviceMonitor(on: reactor) { _, _ in }
        monitor.start()
        var logged: (() -> Void)?
        var heard: (() -> Void)?
        attachment = DeviceAttachment(
            .path(path), on: monitor, reactor: reactor, memory: SpeedMemory(),
            options: AttachmentOptions(settings), log: { _, _ in logged?() }
        ) { _ in Ear { heard?() } }
        logged = { [unowned self] in lines += 1 }
        heard = { [unowned self] in sentences += 1 }
        attachment.start()
    }

    func turn(until condition: () -> Bool) throws {
        while !condition() { try reactor.turn(until: reactor.now + .milliseconds(100)) }
    }

    /// The share of a core that this process takes for so long, in percent.
    func load(for span: Duration) throws -> Double {
        let end = reactor.now + span
        let before = Self.processorTime()
        while reactor.now < end { try reactor.turn(until: end) }
        return (Self.processorTime() - before) / (span / .seconds(1)) * 100
    }

    private static func processorTime() -> Double {
        var usage = rusage()
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}

@main
struct BenchDevices {
    static func main() throws {
        let seconds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 20
        let span = Duration.seconds(seconds)
        // A folder of its own: others work in /tmp, and each change there is looked at.
        let folder = "/tmp/fairlead-bench-\(getpid())"
        guard unsafe mkdir(folder, 0o700) == 0 else { return print("no folder \(folder)") }
        let link = folder + "/gps"
        defer {
            _ = PosixKernel().removeFile(link)
            _ = unsafe rmdir(folder)
        }
        try absent(link, span)
        for byte in [0xFF, 0x00] {
            try flood(link, byte, SerialSettings(baud: 115_200), span)
            try flood(link, byte, nil, span)
        }
        try pulls(link, 1000)
    }

    static func absent(_ link: String, _ span: Duration) throws {
        let bench = try Bench(link, nil)
        say("absent", try bench.load(for: span), bench)
    }

    /// Another process floods a pseudo-terminal with a megabyte a second.
    static func flood(
        _ link: String, _ byte: Int, _ settings: SerialSettings?, _ span: Duration
    ) throws {
        _ = PosixKernel().removeFile(link)
        let bench = try Bench(link, settings)
        let program = """
            import os, pty, sys, time, tty
            device, line = pty.openpty()
            tty.setraw(line)
            os.set_blocking(device, False)
            if os.path.lexists(sys.argv[1]): os.unlink(sys.argv[1])
            os.symlink(os.ttyname(line), sys.argv[1])
            os.close(line)
            due = time.monotonic()
            while True:
                for _ in range(5):
                    try: os.write(device, bytes([int(sys.argv[2])]) * 2000)
                    except BlockingIOError: pass
                due += 0.01
                time.sleep(max(0, due - time.monotonic()))
            """
        var child: (any Transport)?
        let options = ProcessOptions(
            "/usr/bin/env", ["python3", "-c", program, link, "\(byte)"])
        let spawned = try bench.reactor.spawn(options) { _ in Ear {} }
        child = spawned
        try bench.turn { bench.attachment.state != .absent }
        let mode = settings == nil ? "speed unknown" : "speed given"
        say("flood of \(byte), \(mode)", try bench.load(for: span), bench)
        bench.attachment.stop()
        child?.abort()
        try bench.turn { bench.reactor.census.descriptors < 3 }
    }

    static func pulls(_ link: String, _ count: Int) throws {
        let bench = try Bench(link, SerialSettings(baud: 4800))
        let kernel = PosixKernel()
        var times: [Duration] = []
        for round in 0..<count {
            let device = try PseudoTerminalPair()
            _ = kernel.removeFile(link)
            _ = kernel.makeSymbolicLink(link, to: device.path)
            let back = bench.reactor.now
            device.send("$GPGLL,4916.45,N,12311.12,W,225444,A*31\r\n$GPGLL,4916.4")
            try bench.turn { bench.sentences == round + 1 }
            times.append(bench.reactor.now.since(back))
            device.pull()
            try bench.turn { bench.attachment.state == .absent }
        }
        times.sort()
        print(
            "\(count) pulls in mid sentence: first sentence after \(times[count / 2]) (median),",
            "\(times[count * 99 / 100]) (99 %), \(times[count - 1]) (longest);",
            "\(bench.sentences) sentences of \(count)")
    }

    static func say(_ what: String, _ load: Double, _ bench: Bench) {
        let rounded = (load * 100).rounded() / 100
        let name = bench.attachment.state.name
        print("\(what): \(rounded) % of a core, \(bench.lines) lines logged, \(name)")
    }
}

// Many clients of one receiver: `bench-gateway LINK nmea|gpsd PORT COUNT SILENT SECONDS` is the
// receiver, on a pseudo-terminal with that link, at ten epochs a second, and all the clients, over
// several loopback addresses. It says "ready", reads the gateway's process id from standard input,
// and tells how long an epoch was under way to whom, what was lost, and what a client costs the
// gateway; then the same with clients beside them that never read.
import FairleadEngine
import FairleadWire
import Glibc

/// The receiver: it notes when each epoch was written.
final class Receiver: StreamProtocol {
    private(set) var sentAt: [Instant] = []
    /// Whether it is silent for a while.
    var isPaused = false
    private var line: (any Transport)?

    func connectionMade(on transport: any Transport) { line = transport }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {}
    func connectionLost(_ reason: Disconnect, on transport: any Transport) { line = nil }

    /// Two sentences, of which the second one ends the epoch.
    func speak() {
        guard let line, !isPaused else { return }
        let number = sentAt.count
        let time = "12\(two(number / 600 % 60))\(two(number / 10 % 60)).\(number % 10)0"
        let place = "5155.\(five(number % 90_000)),N,00434.\(five(number * 3 % 90_000)),E"
        let text =
            sentence("GPRMC,\(time),A,\(place),1.50,77.52,011226,,,A")
            + sentence("GPGGA,\(time),\(place),1,08,1.01,2.1,M,46.0,M,,")
        sentAt.append(line.reactor.now)
        line.write(text)
    }

    private func sentence(_ body: String) -> String {
        let sum = body.utf8.reduce(0, ^)
        let digits = String(sum, radix: 16, uppercase: true)
        return "$\(body)*\(sum < 16 ? "0" : "")\(digits)\r\n"
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private func five(_ number: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: 5 - text.utf8.count) + text
    }
}

/// What all clients have heard.
final class Heard {
    var connected = 0
    var refused = 0
    var isMeasuring = false
    var delays: [Int64] = []
    let receiver: Receiver
    init(_ receiver: Receiver) { self.receiver = receiver }
}

/// A client that counts epochs: the sentences' bytes, or the reports' class.
final class Client: StreamProtocol {
    private let heard: Heard
    private let greeting: String
    private var line: [UInt8] = []
    private(set) var epochs = 0

    init(_ heard: Heard, _ greeting: String) {
        self.heard = heard
        self.greeting = greeting
    }

    func connectionMade(on transport: any Transport) {
        heard.connected += 1
        if !greeting.isEmpty { transport.write(greeting) }
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        let now = transport.reactor.now
        for index in bytes.indices {
            let byte = bytes[index]
            if line.count < 16 { line.append(byte) }
            guard byte == 0x0A else { continue }
            if isLast { count(now) }
            line.removeAll(keepingCapacity: true)
        }
    }

    /// Whether the line ends an epoch.
    private var isLast: Bool {
        greeting.isEmpty
            ? line.starts(with: "$GPGGA".utf8) : line.starts(with: "{\"class\":\"TPV\"".utf8)
    }

    private func count(_ now: Instant) {
        guard heard.isMeasuring else { return }
        epochs += 1
        if let sent = heard.receiver.sentAt.last {
            heard.delays.append(now.since(sent).nanoseconds)
        }
    }

    func begin() { epochs = 0 }
}

/// A client that never reads.
final class Silent: StreamProtocol {
    private let greeting: String
    init(_ greeting: String) { self.greeting = greeting }
    func connectionMade(on transport: any Transport) {
        if !greeting.isEmpty { transport.write(greeting) }
        transport.pauseReading()
    }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {}
    func connectionLost(_ reason: Disconnect, on transport: any Transport) {}
}

/// The run, step by step.
final class Load {
    private let reactor: Reactor
    private let receiver = Receiver()
    private let heard: Heard
    private let greeting: String
    private let port: UInt16
    private let seconds: Int
    private let counts: (clients: Int, silent: Int)
    private var clients: [Client] = []
    private var process = ""
    private var terminal: (any ListeningPort)?

    init(_ arguments: [String], on reactor: Reactor) throws {
        self.reactor = reactor
        let numbers = arguments.dropFirst(2).compactMap { Int($0) }
        heard = Heard(receiver)
        greeting =
            arguments[1] == "gpsd" ? "?WATCH={\"enable\":true,\"json\":true};\n" : ""
        port = UInt16(clamping: numbers[0])
        counts = (numbers[1], numbers[2])
        seconds = numbers[3]
        terminal = try reactor.listenPseudoTerminal(link: arguments[0]) { [receiver] _ in receiver }
    }

    func start() {
        print("ready")
        flush()
        process = readLine() ?? ""
        reactor.every(.milliseconds(100)) { [receiver] in receiver.speak() }
        let before = resident()
        // The receiver is heard first, so that the first client costs what it costs.
        reactor.after(.seconds(2)) { [self] in
            let empty = max(before, resident())
            for number in 0..<counts.clients { connect(number) }
            reactor.after(.seconds(8)) { [self] in
                print("\(heard.connected) of \(counts.clients) clients")
                let cost = (resident() - empty) * 1024 / max(heard.connected, 1)
                print("memory: \(empty) kB empty, \(cost) bytes a client")
                measure("alone") { [self] in besideSilentOnes() }
            }
        }
    }

    private func connect(_ number: Int) {
        // One address has too few ports for all.
        let host = "127.0.0.\(2 + number % 8)"
        let client = Client(heard, greeting)
        clients.append(client)
        reactor.connectTCP(to: host, port: port) { _ in
            client
        } completion: { [heard] result in
            if case .failure = result { heard.refused += 1 }
        }
    }

    private func besideSilentOnes() {
        for number in 0..<counts.silent {
            reactor.connectTCP(to: "127.0.0.\(2 + number % 8)", port: port) { [greeting] _ in
                Silent(greeting)
            }
        }
        reactor.after(.seconds(5)) { [self] in
            measure("beside \(counts.silent) that never read") { [self] in
                print("memory with them: \(resident()) kB")
                flush()
                reactor.stop()
            }
        }
    }

    private func measure(_ what: String, _ then: @escaping () -> Void) {
        // Between silences, so that each epoch counts for all.
        receiver.isPaused = true
        reactor.after(.milliseconds(500)) { [self] in
            receiver.isPaused = false
            heard.delays = []
            for client in clients { client.begin() }
            heard.isMeasuring = true
            let first = receiver.sentAt.count
            reactor.after(.seconds(seconds)) { [self] in
                receiver.isPaused = true
                let sent = receiver.sentAt.count - first
                reactor.after(.milliseconds(500)) { [self] in
                    report(what, sent, then)
                    receiver.isPaused = false
                }
            }
        }
    }

    private func report(_ what: String, _ sent: Int, _ then: () -> Void) {
        heard.isMeasuring = false
        let wrong = clients.reduce(0) { $0 + abs($1.epochs - sent) }
        let sorted = heard.delays.sorted()
        func share(_ part: Double) -> String {
            guard !sorted.isEmpty else { return "none" }
            let value = sorted[min(Int(Double(sorted.count) * part), sorted.count - 1)]
            return "\(Double(value / 10_000) / 100) ms"
        }
        print(
            "\(what): \(sent) epochs to \(heard.connected) clients, \(wrong) too few or too many; "
                + "median \(share(0.5)), p99 \(share(0.99)), most \(share(1))")
        flush()
        then()
    }

    /// The gateway's resident memory in kB.
    private func resident() -> Int {
        let path = "/proc/\(process)/status"
        guard let bytes = try? reactor.kernel.readFile(path, atMost: 65536) else { return 0 }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("VmRSS:") {
            return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
        }
        return 0
    }

    private func flush() { fflush(nil) }
}

@main
enum BenchGateway {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 6 else {
            return print("usage: bench-gateway LINK nmea|gpsd PORT COUNT SILENT SECONDS")
        }
        Reactor.main { reactor in
            let load = try Load(arguments, on: reactor)
            reactor.later { load.start() }
        }
    }
}

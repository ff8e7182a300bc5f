// Many clients in one channel of our server: how late what is said arrives, and what a client
// costs. Two processes, so that the server's memory is its own:
//   bench-irc serve PORT
//   bench-irc load PORT CLIENTS RATE SECONDS     prints one line when all are in, one at the end
// `Tests/Benchmarks/irc` runs both and reads the server's memory in between.
import FairleadEngine
import FairleadIRC
import FairleadWire

@main
enum BenchIRC {
    static func main() {
        let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
        switch (CommandLine.arguments.dropFirst().first, numbers.count) {
        case ("serve", 1): serve(port: numbers[0])
        case ("load", 4):
            Reactor.main { reactor in
                let crowd = Crowd(reactor, port: numbers[0], size: numbers[1], rate: numbers[2])
                crowd.seconds = numbers[3]
                crowd.start()
            }
        default: print("usage: bench-irc serve PORT | load PORT CLIENTS RATE SECONDS")
        }
    }

    static func serve(port: Int) {
        Reactor.main { reactor in
            var options = IRCServerOptions()
            options.limits.connectionsPerHost = .max
            options.limits.commandInterval = .milliseconds(1)
            options.limits.registration = .seconds(600)
            options.limits.sendQueue = 16 * 1024 * 1024
            let server = IRCServer(options, on: reactor)
            try server.listen("tcp:\(port):interface=127.0.0.1:backlog=4096")
        }
    }
}

/// Everybody in the channel.
final class Crowd {
    let reactor: Reactor
    var seconds = 10
    private let port: Int
    private let size: Int
    private let rate: Int
    private var people: [Person] = []
    private var joined = 0
    private var next = 0
    private var delays: [Int64] = []
    private var sent = 0
    private var lost = 0

    init(_ reactor: Reactor, port: Int, size: Int, rate: Int) {
        self.reactor = reactor
        self.port = port
        self.size = size
        self.rate = rate
        delays.reserveCapacity(4_000_000)
    }

    /// A few at a time, so that nobody waits for an answer longer than a client would.
    func start() { for _ in 0..<min(50, size) { connectNext() } }

    private func connectNext() {
        guard next < size else { return }
        let person = Person(self, number: next)
        next += 1
        people.append(person)
        do {
            try reactor.connect("tcp:127.0.0.1:\(port)") { _ in
                person
            } completion: { result in
                if case .failure(let error) = result { print("\(error)") }
            }
        } catch { print("\(error)") }
    }

    func hasJoined() {
        joined += 1
        connectNext()
        if joined == size {
            print("\(joined) in the channel")
            reactor.after(.seconds(8)) { [self] in talk() }
        }
    }

    func hasLost(_ reason: Disconnect) {
        lost += 1
        if lost < 5 { print("lost: \(reason)") }
    }

    func heard(_ sentAt: Int64) { delays.append(reactor.now.nanoseconds - sentAt) }

    private func talk() {
        let timer = reactor.every(.microseconds(1_000_000 / rate)) { [self] in
            people[sent * 7 % people.count].say("t=\(reactor.now.nanoseconds)")
            sent += 1
        }
        reactor.after(.seconds(seconds)) { [self] in
            timer.cancel()
            reactor.after(.seconds(2)) { [self] in report() }
        }
    }

    private func report() {
        delays.sort()
        let expected = sent * (size - 1)
        func at(_ share: Double) -> String {
            guard !delays.isEmpty else { return "-" }
            let place = min(Int(Double(delays.count) * share), delays.count - 1)
            return "\(Double(delays[place] / 10_000) / 100) ms"
        }
        print("\(sent) messages, \(delays.count) of \(expected) heard, \(lost) lost")
        print("p50 \(at(0.5)), p99 \(at(0.99)), p99.9 \(at(0.999)), worst \(at(1))")
        reactor.stop()
    }
}

/// One client.
final class Person: StreamProtocol {
    private let crowd: Crowd
    private let number: Int
    private let framer = LineFramer(.lf, maximum: 600)
    private var transport: (any Transport)?
    private var isIn = false

    init(_ crowd: Crowd, number: Int) {
        self.crowd = crowd
        self.number = number
    }

    func say(_ text: String) { transport?.write("PRIVMSG #load :\(text)\r\n") }

    func connectionMade(on transport: any Transport) {
        self.transport = transport
        transport.write("NICK n\(number)\r\nUSER n\(number) 0 * :n\r\nJOIN #load\r\n")
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        framer.feed(bytes) { _, line in read(line) }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        self.transport = nil
        if reason != .closedByUs { crowd.hasLost(reason) }
    }

    private func read(_ line: Span<UInt8>) {
        if !isIn {
            // :irc.fairlead.local 366 n1 #load :End of /NAMES list
            guard let blank = line.firstIndex(of: 0x20), blank + 4 < line.count,
                line[blank + 1] == 0x33, line[blank + 2] == 0x36, line[blank + 3] == 0x36
            else { return }
            isIn = true
            return crowd.hasJoined()
        }
        if line.count > 4, line[0] == 0x50, line[1] == 0x49 {
            transport?.write("PONG x\r\n")
        }
        guard let mark = line.firstIndex(of: UInt8(ascii: "=")), mark > 0,
            line[mark - 1] == UInt8(ascii: "t")
        else { return }
        var sentAt: Int64 = 0
        for index in mark + 1..<line.count {
            guard (0x30...0x39).contains(line[index]) else { return }
            sentAt = sentAt &* 10 &+ Int64(line[index] - 0x30)
        }
        crowd.heard(sentAt)
    }
}

// An event stream with many listeners: `serve PORT` publishes the time ten times a second, and
// `listen PORT COUNT SECONDS` holds so many listeners, over several loopback addresses, and tells
// how long an event was under way. Both read the same monotonic clock.
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire

/// One listener: it looks for the times in what comes, and for nothing else.
final class Listener: StreamProtocol {
    private let heard: Heard
    private var line: [UInt8] = []

    init(_ heard: Heard) { self.heard = heard }

    func connectionMade(on transport: any Transport) {
        transport.write("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        let now = transport.reactor.now.nanoseconds
        for index in bytes.indices {
            let byte = bytes[index]
            if byte != 0x0A {
                line.append(byte)
                continue
            }
            if line.starts(with: "data: ".utf8), let sent = Int64(text(line.dropFirst(6))) {
                heard.delays.append(now - sent)
            }
            line.removeAll(keepingCapacity: true)
        }
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

/// How long events were under way, in nanoseconds.
final class Heard {
    var delays: [Int64] = []
    var connected = 0
}

@main
enum BenchEvents {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let mode = arguments.first,
            let port = arguments.dropFirst().first.flatMap(UInt16.init)
        else { return print("usage: bench-events serve PORT | listen PORT COUNT SECONDS") }
        if mode == "serve" { return serve(port) }
        let numbers = arguments.dropFirst(2).compactMap { Int($0) }
        listen(port, numbers.first ?? 5000, numbers.dropFirst().first ?? 10)
    }

    static func serve(_ port: UInt16) {
        Reactor.main { reactor in
            let events = EventBroadcast(on: reactor, historyLimit: 0)
            let server = HTTPServer(on: reactor, events.handle)
            reactor.every(.milliseconds(100)) {
                events.publish(ServerSentEvent("\(reactor.now.nanoseconds)"))
            }
            try server.listen("tcp:\(port):interface=0.0.0.0")
        }
    }

    static func listen(_ port: UInt16, _ count: Int, _ seconds: Int) {
        Reactor.main { reactor in
            let heard = Heard()
            for number in 0..<count {
                // One address has too few ports for all.
                let host = "127.0.0.\(2 + number % 8)"
                reactor.connectTCP(to: host, port: port) { _ in
                    Listener(heard)
                } completion: { result in
                    if case .success = result { heard.connected += 1 }
                }
            }
            // The first events come while others still connect: they do not count.
            reactor.after(.seconds(5)) { heard.delays = [] }
            reactor.after(.seconds(5 + seconds)) {
                report(heard, count, seconds)
                reactor.stop()
            }
        }
    }

    static func report(_ heard: Heard, _ count: Int, _ seconds: Int) {
        let delays = heard.delays.sorted()
        func share(_ part: Double) -> String {
            guard !delays.isEmpty else { return "none" }
            let value = delays[min(Int(Double(delays.count) * part), delays.count - 1)]
            return "\(Double(value / 10_000) / 100) ms"
        }
        print(
            "\(heard.connected) of \(count) listeners, \(delays.count / max(seconds, 1)) events/s")
        print("median \(share(0.5)), p99 \(share(0.99)), most \(share(1))")
    }
}

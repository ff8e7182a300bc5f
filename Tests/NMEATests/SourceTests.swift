// The same receiver by every way that an endpoint string can name.

import FairleadEngine
import FairleadEngineTesting
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct SourceTests {
    private let log = Log.epochs(0..<5)

    /// Opens the source and hears what comes until five fixes are there.
    private func hear(
        _ source: String, on harness: ReactorHarness,
        then: (ReactorHarness) throws -> Void = { _ in }
    ) throws {
        let listener = Listener()
        let stream = NMEAProtocol(to: listener)
        var hasEnded = false
        stream.ended = { _ in hasEnded = true }
        var transport: (any Transport)?
        var failure: ConnectError?
        try harness.reactor.connect(source) { _ in
            stream
        } completion: { result in
            switch result {
            case .success(let made): transport = made
            case .failure(let error): failure = error
            }
        }
        try harness.turn("the source") { transport != nil || failure != nil }
        #expect(failure == nil)
        try then(harness)
        try harness.turn("five fixes") { listener.fixes.count >= 5 }
        transport?.close()
        try harness.turn("the end") { hasEnded }
        #expect(listener.seconds == [0, 1, 2, 3, 4])
        let latitude = try #require(listener.fixes.last?.position?.latitude)
        #expect(abs(latitude - 51.925893167) < 1e-8)
    }

    @Test func aFile() throws {
        let path = "/tmp/fairlead-nmea-\(UInt64.random(in: 0 ... .max)).log"
        try log.write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try withReactor { harness in try hear("file:\(path)", on: harness) }
    }

    @Test func aPseudoTerminal() throws {
        let pair = try PseudoTerminalPair()
        try withReactor { harness in
            try hear("serial:\(EndpointString.escape(pair.path)):baud=4800", on: harness) { _ in
                #expect(pair.send(log) == log.utf8.count)
            }
        }
        pair.pull()
    }

    @Test func aTCPServer() throws {
        try withReactor { harness in
            let port = try harness.reactor.listen("tcp:0:interface=127.0.0.1") { _ in
                Sender(log)
            }
            guard case .socket(let address) = port.localAddress, let number = address.port else {
                throw NoPort()
            }
            try hear("tcp:127.0.0.1:\(number)", on: harness)
            port.stop()
        }
    }

    @Test func datagrams() throws {
        try withReactor { harness in
            let number = UInt16.random(in: 20_000...60_000)
            try hear("udp:\(number):interface=127.0.0.1", on: harness) { harness in
                var sender: (any Transport)?
                try harness.reactor.connect("udp:127.0.0.1:\(number)") { _ in
                    Sender("")
                } completion: { result in
                    sender = try? result.get()
                }
                try harness.turn("the sender") { sender != nil }
                for second in 0..<5 { sender?.write(Log.epoch(second)) }
                sender?.close()
            }
        }
    }
}

private struct NoPort: Error {}

/// Sends a text when somebody connects.
private final class Sender: StreamProtocol {
    private let text: String
    init(_ text: String) { self.text = text }
    func connectionMade(on transport: any Transport) { transport.write(text) }
    func received(_ bytes: Span<UInt8>, on transport: any Transport) {}
}

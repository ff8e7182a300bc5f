// Netstrings and length prefixes over a connection: every framing at every cut, pauses and closes
// between two messages, and lengths that lie. The framers alone are tested in WireTests; here it is
// what becomes of a connection.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

/// A message protocol that notes its messages and says them back.
private final class Messages: MessageProtocol {
    var messages: [String] = []
    var reasons: [Disconnect] = []
    var connection: MessageConnection?
    var pausesAt: String?
    var closesAt: String?

    func connectionMade(on connection: MessageConnection) { self.connection = connection }
    func messageReceived(_ message: Span<UInt8>, on connection: MessageConnection) throws {
        let text = String(decoding: message)
        messages.append(text)
        try connection.send(message)
        if text == pausesAt { connection.pauseReading() }
        if text == closesAt { connection.close() }
    }
    func connectionLost(_ reason: Disconnect, on connection: MessageConnection) {
        reasons.append(reason)
    }
}

@Suite struct MessageReceiverTests {
    private typealias Make = (any MessageProtocol) -> MessageReceiver

    /// Every framing, by name.
    private static var framings: [(String, Make)] {
        var all: [(String, Make)] = [("netstrings", { .netstrings($0, maximum: 100) })]
        for prefix in LengthPrefixFramer.Prefix.allCases {
            for little in [false, true] {
                let make: Make = {
                    .lengthPrefixed($0, prefix, littleEndian: little, maximum: 100)
                }
                all.append(("\(prefix) \(little)", make))
            }
        }
        return all
    }

    /// What a receiver sends for some messages, which is also what it reads.
    private func encoded(_ messages: [String], _ make: Make) throws -> [UInt8] {
        let driven = try HandDriven()
        let transport = NotingTransport(driven.reactor)
        let inner = Messages()
        transport.start(make(inner))
        for message in messages { try inner.connection?.send(message) }
        return transport.written
    }

    @Test func eachFramingCarriesMessagesAtAnyCut() throws {
        let messages = ["hello", "", "x", String(repeating: "y", count: 100), ""]
        for (name, make) in Self.framings {
            let bytes = try encoded(messages, make)
            for cut in 0...bytes.count {
                let driven = try HandDriven()
                let transport = NotingTransport(driven.reactor)
                let inner = Messages()
                transport.start(make(inner))
                transport.arrive(Array(bytes[..<cut]))
                transport.arrive(Array(bytes[cut...]))
                #expect(inner.messages == messages, "\(name)")
                #expect(transport.written == bytes, "\(name)")
            }
        }
    }

    @Test func aPauseOrACloseTakesEffectBetweenTwoMessages() throws {
        for (name, make) in Self.framings {
            let bytes = try encoded(["a", "b", "", "c"], make)
            let driven = try HandDriven()
            let transport = NotingTransport(driven.reactor)
            let inner = Messages()
            inner.pausesAt = "a"
            inner.closesAt = ""
            transport.start(make(inner))
            transport.arrive(bytes)
            try driven.reactor.settle()
            #expect(inner.messages == ["a"], "\(name)")
            inner.connection?.resumeReading()
            try driven.reactor.settle()
            #expect(inner.messages == ["a", "b", ""], "\(name)")
            #expect(inner.reasons == [.closedByUs])
        }
    }

    @Test(arguments: [
        "-1:a,", "+1:a,", "01:a,", ":a,", "1:ab", "101:", "99999999999999999999:",
        "18446744073709551616:", "9223372036854775807:", "4294967296:", "1 :a,", "0x1:a,",
        "12345678901234567890123", "1:a;", "a",
    ])
    func ahostileNetstringEndsTheConnectionAsAViolation(_ text: String) throws {
        for isCut in [false, true] {
            let driven = try HandDriven()
            let transport = NotingTransport(driven.reactor)
            let inner = Messages()
            transport.start(MessageReceiver.netstrings(inner, maximum: 100))
            if isCut {
                for byte in text.utf8 { transport.arrive([byte]) }
            } else {
                transport.arrive(text)
            }
            try driven.reactor.settle()
            guard case .protocolViolation(let error) = inner.reasons.first else {
                Issue.record("\(inner.reasons)")
                continue
            }
            #expect(error.side == .remote && error.protocolName == "netstring")
            #expect(inner.messages.isEmpty && inner.reasons.count == 1)
        }
    }

    @Test func aLengthBeyondTheLimitEndsTheConnectionAsAViolation() throws {
        let hostile: [(LengthPrefixFramer.Prefix, [UInt8])] = [
            (.bits8, [101]), (.bits16, [0, 101]), (.bits16, [0xFF, 0xFF]),
            (.bits32, [0, 0, 0, 101]), (.bits32, [0xFF, 0xFF, 0xFF, 0xFF]),
            (.bits32, [0x80, 0, 0, 0]),
        ]
        for (prefix, bytes) in hostile {
            let driven = try HandDriven()
            let transport = NotingTransport(driven.reactor)
            let inner = Messages()
            transport.start(MessageReceiver.lengthPrefixed(inner, prefix, maximum: 100))
            for byte in bytes { transport.arrive([byte]) }
            try driven.reactor.settle()
            guard case .protocolViolation(let error) = inner.reasons.first else {
                Issue.record("\(prefix): \(inner.reasons)")
                continue
            }
            #expect(error.side == .remote)
        }
    }

    @Test func aMessageThatIsTooLongIsNotSent() throws {
        for (_, make) in Self.framings {
            let driven = try HandDriven()
            let transport = NotingTransport(driven.reactor)
            let inner = Messages()
            transport.start(make(inner))
            let connection = try #require(inner.connection)
            let error = #expect(throws: ProtocolError.self) {
                try connection.send(String(repeating: "x", count: 101))
            }
            #expect(error?.side == .local && transport.written.isEmpty)
        }
    }

    @Test func randomBytesNeverTrap() throws {
        var random = SeededGenerator(seed: 9)
        for round in 0..<1500 {
            let driven = try HandDriven()
            let transport = NotingTransport(driven.reactor)
            let inner = Messages()
            transport.start(Self.framings[round % Self.framings.count].1(inner))
            for _ in 0..<4 {
                let count = Int.random(in: 0...12, using: &random)
                transport.arrive(
                    (0..<count).map { _ in
                        Bool.random(using: &random)
                            ? UInt8.random(in: 0x2C...0x3A, using: &random)
                            : UInt8.random(in: 0...255, using: &random)
                    })
            }
            try driven.reactor.settle()
            #expect(inner.reasons.count == (transport.reason == nil ? 0 : 1))
        }
    }
}

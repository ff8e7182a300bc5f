import FairleadEngine
import FairleadWire
import Testing

/// A line protocol that notes its events and may do something at each.
private final class Notes: LineProtocol {
    var events: [String] = []
    var connection: LineConnection?
    var onLine: ((String, LineConnection) throws -> Void)?

    func connectionMade(on connection: LineConnection) {
        self.connection = connection
        events.append("made")
    }
    func lineReceived(_ line: Span<UInt8>, on connection: LineConnection) throws {
        let text = String(decoding: line)
        events.append(text)
        try onLine?(text, connection)
    }
    func lineTooLong(_ count: Int, on connection: LineConnection) {
        events.append("too long: \(count)")
    }
    func rawReceived(_ bytes: Span<UInt8>, on connection: LineConnection) {
        events.append("raw: " + String(decoding: bytes))
    }
    func readEnded(on connection: LineConnection) {
        events.append("end")
        connection.close()
    }
    func connectionLost(_ reason: Disconnect, on connection: LineConnection) {
        events.append("lost: \(reason)")
    }
}

@Suite struct LineReceiverTests {
    private let driven: HandDriven
    private let transport: NotingTransport
    private let notes = Notes()

    init() throws {
        driven = try HandDriven()
        transport = NotingTransport(driven.reactor)
    }

    private func start(_ delimiter: LineFramer.Delimiter = .crlf, maximum: Int = 16) {
        transport.start(LineReceiver(notes, delimiter: delimiter, maximum: maximum))
    }

    /// The events without the first, once everything postponed has been done.
    private func events() throws -> [String] {
        try driven.reactor.settle()
        #expect(notes.events.first == "made")
        return Array(notes.events.dropFirst())
    }

    @Test func linesComeOneByOneWithoutTheirEnds() throws {
        start()
        transport.arrive("one\r\ntwo\r\nth")
        transport.arrive("ree\r")
        transport.arrive("\n\r\n")
        #expect(try events() == ["one", "two", "three", ""])
    }

    @Test func aLineTooLongIsAnEventWithItsLengthAndNoEnd() throws {
        start(maximum: 4)
        transport.arrive("12345\r\nok\r\n" + String(repeating: "x", count: 70_000))
        transport.arrive(String(repeating: "x", count: 70_000) + "\r\nyes\r\n")
        #expect(try events() == ["too long: 5", "ok", "too long: 140000", "yes"])
        #expect(transport.reason == nil)
    }

    @Test func aStreamWithoutDelimiterNeverGrowsMemoryNorEnds() throws {
        start(maximum: 100)
        let chunk = [UInt8](repeating: 120, count: 65_536)
        for _ in 0..<64 { transport.arrive(chunk) }
        transport.arrive("\r\nok\r\n")
        #expect(try events() == ["too long: \(64 * 65_536)", "ok"])
    }

    @Test func aSwitchToRawBytesHoldsForTheRestOfTheChunk() throws {
        notes.onLine = { text, connection in
            if text == "DATA" { connection.mode = .raw(5) }
            if text == "FREE" { connection.mode = .raw(nil) }
        }
        start()
        transport.arrive("DATA\r\nab\r\ncline\r\nFREE\r\n1\r\n2")
        #expect(try events() == ["DATA", "raw: ab\r\nc", "line", "FREE", "raw: 1\r\n2"])
    }

    @Test func aPauseBetweenTwoLinesOfAChunkHoldsTheRest() throws {
        notes.onLine = { text, connection in if text == "2" { connection.pauseReading() } }
        start()
        transport.arrive("1\r\n2\r\n3\r\n4\r\n5")
        #expect(try events() == ["1", "2"])
        #expect(!transport.isReading)
        let connection = try #require(notes.connection)
        #expect(connection.heldBytes == 7)
        connection.resumeReading()
        #expect(notes.events.count == 3)
        #expect(try events() == ["1", "2", "3", "4"])
        #expect(transport.isReading)
        transport.arrive("5\r\n")
        #expect(try events().last == "55")
    }

    @Test func aPauseAtEachLineGivesOneLineForEachResume() throws {
        notes.onLine = { _, connection in connection.pauseReading() }
        start()
        transport.arrive("1\r\n2\r\n3\r\n")
        let connection = try #require(notes.connection)
        for count in 1...3 {
            #expect(try events().count == count)
            #expect(!transport.isReading)
            connection.resumeReading()
        }
        #expect(try events() == ["1", "2", "3"])
        #expect(transport.isReading)
    }

    @Test func bytesAndTheEndThatComeDuringAPauseWaitForItsEnd() throws {
        notes.onLine = { text, connection in if text == "1" { connection.pauseReading() } }
        start()
        transport.arrive("1\r\n2\r\n")
        // Somebody else resumes the carrier, as a policy without manners might.
        transport.isReading = true
        transport.arrive("3\r\n")
        #expect(!transport.isReading)
        transport.isReading = true
        transport.arriveEnd()
        #expect(try events() == ["1"])
        let connection = try #require(notes.connection)
        connection.resumeReading()
        #expect(try events() == ["1", "2", "3", "end", "lost: closed by us"])
    }

    @Test func aPauseThatIsTakenBackInTheSameCallHoldsNothing() throws {
        notes.onLine = { _, connection in
            connection.pauseReading()
            connection.resumeReading()
        }
        start()
        transport.arrive("1\r\n2\r\n")
        #expect(try events() == ["1", "2"])
        #expect(transport.isReading)
    }

    @Test(arguments: [false, true])
    func afterACloseNothingMoreIsDelivered(_ aborts: Bool) throws {
        notes.onLine = { text, connection in
            if text == "2" { aborts ? connection.abort() : connection.close() }
        }
        start()
        transport.arrive("1\r\n2\r\n3\r\n")
        #expect(try events() == ["1", "2", "lost: closed by us"])
    }

    @Test func aCloseDuringAPauseDropsWhatIsHeld() throws {
        notes.onLine = { _, connection in connection.pauseReading() }
        start()
        transport.arrive("1\r\n2\r\n")
        let connection = try #require(notes.connection)
        connection.resumeReading()
        connection.close()
        #expect(try events() == ["1", "lost: closed by us"])
        #expect(connection.heldBytes == 0)
    }

    @Test func anErrorOfTheProtocolEndsTheConnectionAlsoWhenHeldLinesAreDelivered() throws {
        struct Oops: Error {}
        notes.onLine = { text, connection in
            connection.pauseReading()
            if text == "2" { throw Oops() }
        }
        start()
        transport.arrive("1\r\n2\r\n3\r\n")
        try #require(notes.connection).resumeReading()
        #expect(try events() == ["1", "2", "lost: a callback failed: Oops()"])
    }

    @Test func linesAreSentWithTheirEndAndNobodyInjectsOne() throws {
        notes.onLine = { text, connection in try connection.sendLine("you said \(text)") }
        start(maximum: 30)
        transport.arrive("hi\r\n")
        #expect(transport.text == "you said hi\r\n")
        let connection = try #require(notes.connection)
        for text in ["a\r\nb", String(repeating: "x", count: 31)] {
            let error = #expect(throws: ProtocolError.self) { try connection.sendLine(text) }
            #expect(error?.side == .local)
        }
        #expect(transport.text == "you said hi\r\n")
    }

    @Test func anyCutsGiveTheSameLines() throws {
        let text = "a\r\n\r\nlong line that is too long\r\nb\r\r\nc\nd\r\ntail"
        var random = Seeded(5)
        for _ in 0..<300 {
            let driven = try HandDriven()
            let transport = NotingTransport(driven.reactor)
            let notes = Notes()
            transport.start(LineReceiver(notes, maximum: 10))
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...6, using: &random)
                transport.arrive(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(notes.events == ["made", "a", "", "too long: 26", "b\r", "c\nd"])
        }
    }
}

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
        var random = Seeded(9)
        for round in 0..<6000 {
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

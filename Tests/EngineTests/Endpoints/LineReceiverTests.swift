// Lines over a connection: what a pause or a close between two lines of one chunk does, lines that
// are too long or never end, raw bytes in between. The framer alone is tested in WireTests; here it
// is what a protocol hears and what becomes of the connection.
import FairleadEngine
import FairleadEngineTesting
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
        var random = SeededGenerator(seed: 5)
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

import FairleadWire
import Testing

@Suite struct LengthPrefixFramerTests {
    typealias Prefix = LengthPrefixFramer.Prefix

    struct Row: Sendable, CustomTestStringConvertible {
        let prefix: Prefix
        var little = false
        var maximum = 64 * 1024
        let stream: [UInt8]
        var messages: [[UInt8]] = []
        /// The length that is refused.
        var refused: Int?

        var testDescription: String {
            "\(prefix) \(little ? "little" : "big") max \(maximum): \(stream)"
        }
    }

    static func read(
        _ row: Row, _ chunks: [[UInt8]]
    ) -> (messages: [[UInt8]], error: ProtocolError?, memory: Int) {
        var framer = LengthPrefixFramer(
            row.prefix, littleEndian: row.little, maximum: row.maximum)
        var messages: [[UInt8]] = []
        do {
            for chunk in chunks {
                try framer.feed(chunk.span) { messages.append([UInt8](copying: $0)) }
            }
        } catch {
            return (messages, error as? ProtocolError, framer.memory)
        }
        return (messages, nil, framer.memory)
    }

    static let rows = [
        Row(prefix: .bits8, stream: []),
        Row(prefix: .bits8, stream: [0], messages: [[]]),
        Row(prefix: .bits8, stream: [0, 1, 7, 0, 2, 8, 9], messages: [[], [7], [], [8, 9]]),
        Row(prefix: .bits8, stream: [3, 1, 2]),
        Row(prefix: .bits16, stream: [0, 2, 8, 9, 0, 0, 0], messages: [[8, 9], []]),
        Row(
            prefix: .bits16, little: true, stream: [2, 0, 8, 9, 1, 0, 5], messages: [[8, 9], [5]]),
        Row(prefix: .bits32, stream: [0, 0, 0, 1, 4, 0, 0, 0, 0], messages: [[4], []]),
        Row(prefix: .bits32, little: true, stream: [1, 0, 0, 0, 4, 0, 0], messages: [[4]]),
        Row(prefix: .bits8, maximum: 2, stream: [2, 1, 1, 3], messages: [[1, 1]], refused: 3),
        Row(prefix: .bits8, maximum: 0, stream: [0, 1], messages: [[]], refused: 1),
        Row(prefix: .bits8, maximum: -1, stream: [0, 1], messages: [[]], refused: 1),
        Row(prefix: .bits16, maximum: 258, stream: [1, 3], refused: 259),
        Row(prefix: .bits16, little: true, maximum: 258, stream: [3, 1], refused: 259),
        Row(prefix: .bits32, stream: [255, 255, 255, 255], refused: 4_294_967_295),
        Row(prefix: .bits32, stream: [128, 0, 0, 0], refused: 2_147_483_648),
        Row(prefix: .bits32, little: true, stream: [0, 0, 1, 1], refused: 16_842_752),
    ]

    @Test(arguments: rows)
    func readsEachRowAlikeInEveryCut(row: Row) {
        for chunks in cuts(row.stream) {
            let result = Self.read(row, chunks)
            #expect(result.messages == row.messages, "\(chunks)")
            let message = row.refused.map {
                "a message of \($0) bytes; expected at most \(max(row.maximum, 0))"
            }
            #expect(result.error?.message == message, "\(chunks)")
            #expect(result.error.map { $0.side == .remote } ?? true)
        }
    }

    @Test func anAnnouncedLengthAllocatesNothing() {
        let row = Row(prefix: .bits32, maximum: .max, stream: [])
        let result = Self.read(row, [[255, 255, 255, 255], [1, 2], [3]])
        #expect(result.error == nil)
        #expect(result.memory < 256)
    }

    @Test(arguments: [(Prefix.bits8, 255), (.bits16, 65_535), (.bits32, 4_294_967_295)])
    func theMaximumIsAtMostWhatThePrefixCanSay(prefix: Prefix, largest: Int) {
        #expect(LengthPrefixFramer(prefix, maximum: .max).maximum == largest)
        #expect(LengthPrefixFramer(prefix, maximum: 7).maximum == 7)
    }

    @Test(arguments: Prefix.allCases, [false, true])
    func readsBackWhatItEncodesInAnyCut(prefix: Prefix, little: Bool) throws {
        var random = SeededRandom(9)
        let row = Row(prefix: prefix, little: little, stream: [])
        let framer = LengthPrefixFramer(prefix, littleEndian: little)
        for _ in 0..<100 {
            let messages: [[UInt8]] = (0..<3).map { _ in
                random.some(of: [0, 1, 2, 255], upTo: 255)
            }
            let stream = try messages.flatMap { try framer.encode($0.span) }
            let result = Self.read(row, randomCut(stream, &random))
            #expect(result.messages == messages && result.error == nil)
        }
    }

    @Test func aMessageOfTheLargestLengthPassesWhole() throws {
        let row = Row(prefix: .bits16, maximum: 65_535, stream: [])
        let message = [UInt8](repeating: 7, count: 65_535)
        let stream = try LengthPrefixFramer(.bits16, maximum: 65_535).encode(message.span)
        #expect(Array(stream.prefix(2)) == [255, 255])
        let halves = [Array(stream.prefix(30_000)), Array(stream.dropFirst(30_000))]
        #expect(Self.read(row, halves).messages == [message])
    }

    @Test func refusesToSendMoreThanTheMaximum() {
        let framer = LengthPrefixFramer(.bits8, maximum: 2)
        let error = #expect(throws: ProtocolError.self) { try framer.encode([1, 2, 3].span) }
        #expect(error?.side == .local)
    }

    @Test func passesOnWhatTheCallbackThrows() {
        struct Refused: Error {}
        var framer = LengthPrefixFramer(.bits8)
        #expect(throws: Refused.self) {
            try framer.feed([UInt8]([1, 2]).span) { _ in throw Refused() }
        }
    }
}

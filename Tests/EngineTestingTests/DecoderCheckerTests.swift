import FairleadEngineTesting
import FairleadWire
import Testing

/// The framers of Wire give the same events in any cut; a decoder that does not is found.
@Suite struct DecoderCheckerTests {
    private enum Line: Equatable {
        case line(String)
        case tooLong(Int)
    }

    private let lines = DecoderChecker<Line>("lines") {
        let framer = LineFramer(.crlf, maximum: 10)
        return { chunk, emit in
            framer.feed(chunk) { piece, bytes in
                if case .tooLong(let size) = piece {
                    emit(.tooLong(size))
                } else {
                    emit(.line(String(decoding: bytes)))
                }
            }
        }
    }

    private let netstrings = DecoderChecker<String>("netstrings") {
        var framer = NetstringFramer(maximum: 20)
        return { chunk, emit in try framer.feed(chunk) { emit(String(decoding: $0)) } }
    }

    @Test func linesAreTheSameInAnyCut() throws {
        try lines.check(
            Array("one\r\n\r\ntwo\rthree\r\n12345678901\r\n\r\r\nend".utf8),
            gives: [
                .line("one"), .line(""), .line("two\rthree"), .tooLong(11), .line("\r"),
            ])
    }

    @Test func netstringsAreTheSameInAnyCut() throws {
        try netstrings.check(Array("5:hello,0:,3:a,b,".utf8), gives: ["hello", "", "a,b"])
        let broken = try netstrings.check("2:ok,9:too short;")
        #expect(broken.events == ["ok"] && broken.error != nil)
        #expect(try netstrings.check("2:ok,99999999999999999999:").error != nil)
    }

    @Test(arguments: LengthPrefixFramer.Prefix.allCases, [true, false])
    func lengthPrefixesAreTheSameInAnyCut(
        _ prefix: LengthPrefixFramer.Prefix, _ isLittleEndian: Bool
    ) throws {
        let framer = LengthPrefixFramer(prefix, littleEndian: isLittleEndian, maximum: 200)
        let checker = DecoderChecker<[UInt8]>("length prefix") {
            var fresh = framer
            return { chunk, emit in try fresh.feed(chunk) { emit([UInt8](copying: $0)) } }
        }
        let messages: [[UInt8]] = [[], [1], Array(2...150), []]
        let stream = try messages.flatMap { try framer.encode($0.span) }
        try checker.check(stream, gives: messages)
        let tooLong = [UInt8](repeating: 0xFF, count: prefix.rawValue)
        #expect(try checker.check(stream + tooLong).error != nil)
    }

    @Test func aDecoderThatDependsOnTheCutIsFound() {
        let forgetful = DecoderChecker<Int>("forgetful") {
            { chunk, emit in emit(chunk.count) }
        }
        #expect(throws: ContractViolation.self) { try forgetful.check("ab") }
    }

    @Test func otherEventsThanExpectedAreFound() {
        #expect(throws: ContractViolation.self) {
            try netstrings.check(Array("1:a,".utf8), gives: ["b"])
        }
    }
}

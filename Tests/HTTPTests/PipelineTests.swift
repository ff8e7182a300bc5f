// Answers come in the order of the requests, whatever the order in which handlers finish (H5): a
// thousand in one segment, cut to bytes, with bodies. What is read ahead has a bound, what changes
// something is done alone, and a peer that does not read is not read either.
import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct PipelineTests {
    /// H5: a thousand requests, answered after up to 50 ms each, at any cut.
    private func expectOrder(
        _ request: (Int) -> String, _ chunking: Chunking, count: Int = 1000
    ) throws {
        var random = SeededRandom(5)
        try withServer({ exchange in
            let path = exchange.head.rawPath
            let answer = {
                exchange.collectBody { body in
                    exchange.respond(text: path + String(decoding: body, as: UTF8.self))
                }
            }
            let delay = Int.random(in: 0...50, using: &random)
            if delay == 0 { return answer() }
            exchange.reactor?.after(.milliseconds(delay), answer)
        }) { rig in
            let transport = try rig.connect(chunking)
            transport.feed((0..<count).map(request).joined())
            try rig.harness.turn("all answers", within: .seconds(120)) {
                transport.written.count { $0 == UInt8(ascii: "!") } == count
            }
            let answers = try Answer.all(in: transport.takeWrittenText())
            #expect(answers.count == count)
            let numbers = answers.map { $0.body.dropFirst().prefix { $0.isNumber } }
            #expect(numbers == (0..<count).map { "\($0)"[...] })
        }
    }

    @Test func aThousandInOneSegment() throws {
        try expectOrder({ get("/\($0)!") }, .whole)
    }

    @Test func twoHundredByteByByte() throws {
        try expectOrder({ get("/\($0)!") }, .pieces(of: 1), count: 200)
    }

    @Test func aThousandWithBodies() throws {
        let request = { (number: Int) in
            "POST /\(number) HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n!"
        }
        try expectOrder(request, .whole)
        try expectOrder(request, .random(SeededGenerator(seed: 3)), count: 300)
    }

    @Test func readingStopsWhenTooManyWait() throws {
        var limits = HTTPLimits()
        limits.pipelined = 4
        var waiting: [HTTPExchange] = []
        try withServer(limits, { waiting.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed((0..<100).map { get("/\($0)") }.joined())
            try rig.settle()
            #expect(waiting.count == 5 && transport.isReadingPaused)
            for index in 0..<100 {
                waiting[index].respond(text: "\(index)")
                try rig.settle()
                #expect(waiting.count == min(index + 6, 100))
            }
            #expect(!transport.isReadingPaused)
            let answers = try Answer.all(in: transport.takeWrittenText())
            #expect(answers.map(\.body) == (0..<100).map { "\($0)" })
        }
    }

    /// A peer that has said all at once and goes on listening gets all of its answers.
    @Test func whatWasSaidBeforeTheEndIsAnswered() throws {
        var limits = HTTPLimits()
        limits.pipelined = 3
        var waiting: [HTTPExchange] = []
        try withServer(limits, { waiting.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed((0..<30).map { get("/\($0)") }.joined())
            transport.endInput()
            for index in 0..<30 {
                try rig.settle()
                try #require(waiting.count > index)
                waiting[index].respond(text: "\(index)")
            }
            try rig.settle()
            let answers = try Answer.all(in: transport.takeWrittenText())
            #expect(answers.map(\.body) == (0..<30).map { "\($0)" })
            #expect(transport.endReason != nil)
        }
    }

    /// What changes something waits until all before it are answered, and holds back all after.
    @Test func aChangeIsMadeAlone() throws {
        var begun: [HTTPExchange] = []
        try withServer({ begun.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed(get("/1") + get("/2") + post("x") + get("/4") + get("/5"))
            try rig.settle()
            try #require(begun.count == 2)
            begun[1].respond(text: "2")
            try rig.settle()
            #expect(begun.count == 2)
            begun[0].respond(text: "1")
            try rig.settle()
            try #require(begun.map(\.method) == [.get, .get, .post])
            begun[2].respond(text: "3")
            try rig.settle()
            try #require(begun.count == 5)
            begun[3].respond(text: "4")
            begun[4].respond(text: "5")
            let answers = try Answer.all(in: transport.takeWrittenText())
            #expect(answers.map(\.body) == ["1", "2", "3", "4", "5"])
        }
    }

    /// One that answers early in pieces holds them until its turn.
    @Test func earlyPiecesWaitForTheirTurn() throws {
        var begun: [HTTPExchange] = []
        try withServer({ begun.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed(get("/1") + get("/2") + get("/3"))
            begun[2].respond(text: "three")
            begun[1].begin(HTTPResponse(status: .ok))
            begun[1].write(Array("two".utf8))
            #expect(transport.written.isEmpty)
            begun[0].respond(text: "one")
            #expect(transport.written.count > 0)
            begun[1].write(Array(" and".utf8))
            begun[1].finish()
            let answers = try Answer.all(in: transport.takeWrittenText())
            #expect(answers.map(\.body) == ["one", "two and", "three"])
        }
    }

    /// A peer that asks and never reads costs no more than the marks of its queue.
    @Test func aPeerThatDoesNotReadIsNotReadEither() throws {
        var calls = 0
        try withServer({ exchange in
            calls += 1
            exchange.respond(text: String(repeating: "x", count: 10_000))
        }) { rig in
            let transport = try rig.connect(capacity: 0)
            for _ in 0..<100 {
                transport.feed((0..<100).map { get("/\($0)") }.joined())
                try rig.settle()
            }
            #expect(calls < 30 && transport.queuedBytes < 400_000)
        }
    }
}

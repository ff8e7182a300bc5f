// Bodies of requests: consent to send them, limits, back-pressure, and what becomes of those that
// nobody reads or that break off. On a simulated reactor, the peer is the test.
//
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Testing

@Suite struct BodyTests {
    private static let expecting =
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"

    @Test func aBodyIsCollected() throws {
        try withServer({ exchange in
            exchange.collectBody { exchange.respond(text: String(decoding: $0, as: UTF8.self)) }
        }) { rig in
            let found1 = try Answer.one(in: rig.exchange(post("hello"))).body
            #expect(found1 == "hello")
            let chunked =
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
            let found2 = try Answer.one(in: rig.exchange(chunked, .pieces(of: 1))).body
            #expect(found2 == "hello")
            let found3 = try Answer.one(in: rig.exchange(get())).body
            #expect(found3 == "")
        }
    }

    @Test func readingIsTheConsentToContinue() throws {
        try withServer({ exchange in
            exchange.collectBody { exchange.respond(text: String(decoding: $0, as: UTF8.self)) }
        }) { rig in
            let transport = try rig.connect()
            transport.feed(Self.expecting)
            #expect(transport.takeWrittenText() == "HTTP/1.1 100 Continue\r\n\r\n")
            transport.feed("hello")
            #expect(try Answer.one(in: transport.takeWrittenText()).body == "hello")
            #expect(transport.endReason == nil)
        }
    }

    @Test func answeringIsTheRefusalToContinue() throws {
        try withServer({ $0.refuse(401) }) { rig in
            let transport = try rig.connect()
            transport.feed(Self.expecting)
            try rig.settle()
            let answer = try Answer.one(in: transport.takeWrittenText())
            #expect(answer.status == 401 && answer.fields[.connection] == "close")
            transport.feed(get("/smuggled"))
            try rig.settle()
            #expect(transport.written.isEmpty)
        }
    }

    @Test func aBodyThatNobodyWantsHoldsThePeerBack() throws {
        var waiting: [HTTPExchange] = []
        try withServer({ waiting.append($0) }) { rig in
            let transport = try rig.connect(.pieces(of: 1000))
            transport.feed(post(String(repeating: "a", count: 100_000)))
            try rig.settle()
            #expect(transport.isReadingPaused && transport.undeliveredBytes > 90_000)
            var count = 0
            var isWhole = false
            waiting[0].readBody {
                count += $0.count
            } onEnd: {
                isWhole = $0.isWhole
            }
            try rig.harness.turn { isWhole }
            #expect(count == 100_000)
            waiting[0].respond(text: "")
        }
    }

    @Test func aReaderMayPause() throws {
        var waiting: [HTTPExchange] = []
        try withServer({ waiting.append($0) }) { rig in
            let transport = try rig.connect(.pieces(of: 1000))
            transport.feed(post(String(repeating: "a", count: 10_000)))
            let exchange = waiting[0]
            var count = 0
            var isWhole = false
            exchange.readBody {
                count += $0.count
                exchange.pauseBody()
            } onEnd: {
                isWhole = $0.isWhole
            }
            while !isWhole {
                try rig.settle()
                let before = count
                try rig.settle()
                #expect(count == before)
                exchange.resumeBody()
                #expect(count - before <= 2000)
            }
            #expect(count == 10_000)
            exchange.respond(text: "")
        }
    }

    @Test(arguments: [
        "Content-Length: 5000\r\n\r\n" + String(repeating: "a", count: 5000),
        "Transfer-Encoding: chunked\r\n\r\n1388\r\n" + String(repeating: "a", count: 5000),
        "Content-Length: 5000\r\nExpect: 100-continue\r\n\r\n",
    ])
    func aBodyAboveItsLimitIs413(rest: String) throws {
        var limits = HTTPLimits()
        limits.body = 1000
        try withServer(
            limits,
            { exchange in
                exchange.collectBody { _ in exchange.respond(text: "no") }
            }
        ) { rig in
            let transport = try rig.connect(.pieces(of: 700))
            transport.feed("POST / HTTP/1.1\r\nHost: x\r\n" + rest)
            try rig.settle()
            let answer = try Answer.one(in: transport.takeWrittenText())
            #expect(answer.status == 413 && answer.fields[.connection] == "close")
        }
    }

    @Test func aHandlerMayAllowMore() throws {
        var limits = HTTPLimits()
        limits.body = 10
        try withServer(
            limits,
            { exchange in
                exchange.collectBody(upTo: 100) { exchange.respond(text: "\($0.count)") }
            }
        ) { rig in
            let found4 = try Answer.one(in: rig.exchange(post(String(repeating: "a", count: 100))))
                .body
            #expect(found4 == "100")
        }
    }

    @Test func aSmallBodyThatNobodyReadIsPassedOver() throws {
        try withServer({ $0.respond(text: "ok") }) { rig in
            let transport = try rig.connect()
            transport.feed(post("hello") + get())
            #expect(try Answer.all(in: transport.takeWrittenText()).count == 2)
        }
    }

    @Test func aBigBodyThatNobodyReadEndsTheConnection() throws {
        try withServer({ $0.respond(text: "ok") }) { rig in
            let transport = try rig.connect()
            transport.feed("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n")
            try rig.settle()
            let answer = try Answer.one(in: transport.takeWrittenText())
            #expect(answer.fields[.connection] == "close")
            #expect(transport.isWriteEnded)
        }
    }

    @Test func aBrokenBodyIsAnsweredWithItsFault() throws {
        var isCalled = false
        try withServer({ exchange in
            exchange.collectBody { _ in isCalled = true }
        }) { rig in
            let text = try rig.exchange(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
            let answer = try Answer.one(in: text)
            #expect(answer.status == 400 && answer.fields[.connection] == "close")
        }
        #expect(!isCalled)
    }

    @Test func aBodyThatIsCutOffIsAbandoned() throws {
        var ending: BodyEnd?
        try withServer({ exchange in
            exchange.readBody { _ in
            } onEnd: {
                ending = $0
            }
        }) { rig in
            let transport = try rig.connect()
            transport.feed("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
            transport.end(from: .closedByPeer)
            try rig.settle()
            guard case .abandoned? = ending else {
                Issue.record("\(String(describing: ending))")
                return
            }
        }
    }

    @Test func trailersAreGiven() throws {
        var trailers: HTTPFields?
        try withServer({ exchange in
            exchange.readBody { _ in
            } onEnd: { ending in
                if case .complete(let fields) = ending { trailers = fields }
                exchange.respond(text: "")
            }
        }) { rig in
            _ = try rig.exchange(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "0\r\nServer: y\r\n\r\n")
        }
        #expect(trailers?[.server] == "y")
    }
}

extension BodyEnd {
    var isWhole: Bool {
        if case .complete = self { return true }
        return false
    }
}

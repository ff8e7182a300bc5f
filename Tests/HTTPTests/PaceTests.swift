// Slow peers (H14), on a clock that jumps: each is cut off in time, and a fast one is not.
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import Testing

@Suite struct PaceTests {
    private func limits() -> HTTPLimits {
        var limits = HTTPLimits()
        limits.headTimeout = .seconds(10)
        limits.idleTimeout = .seconds(30)
        limits.rateGrace = .seconds(5)
        limits.minimumRate = 100
        limits.body = .max
        return limits
    }

    private let collect: HTTPHandler = { exchange in
        exchange.collectBody { exchange.respond(text: "\($0.count)") }
    }

    @Test(arguments: ["", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: x\r\nA: "])
    func aHeadMustComeInTime(beginning: String) throws {
        try withServer(limits(), collect) { rig in
            let transport = try rig.connect()
            transport.feed(beginning)
            try rig.pass(.seconds(9))
            #expect(transport.endReason == nil)
            try rig.pass(.seconds(3))
            let answer = transport.takeWrittenText()
            #expect(answer.isEmpty == beginning.isEmpty)
            if !beginning.isEmpty { #expect(try Answer.one(in: answer).status == 408) }
            try rig.pass(.seconds(4))
            #expect(transport.endReason != nil)
        }
    }

    /// H14: one byte a second keeps no head alive.
    @Test func drippingDoesNotHelp() throws {
        try withServer(limits(), collect) { rig in
            let transport = try rig.connect()
            for byte in "GET / HTTP/1.1\r\nX: y" {
                transport.feed(String(byte))
                try rig.pass(.seconds(1))
            }
            #expect(transport.isWriteEnded || transport.endReason != nil)
        }
    }

    @Test func aQuietConnectionIsClosedInTheEnd() throws {
        try withServer(limits(), collect) { rig in
            let transport = try rig.connect()
            transport.feed(get())
            try rig.pass(.seconds(28))
            transport.feed(get())
            try rig.pass(.seconds(28))
            #expect(transport.endReason == nil)
            try rig.pass(.seconds(4))
            #expect(transport.endReason == .closedByUs)
        }
    }

    /// H14: a body must come at a minimum rate.
    @Test(arguments: [(10, false), (200, true)])
    func aBodyMustKeepItsPace(bytesPerSecond: Int, isKept: Bool) throws {
        try withServer(limits(), collect) { rig in
            let transport = try rig.connect()
            transport.feed("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
            for _ in 0..<20 {
                transport.feed(String(repeating: "a", count: bytesPerSecond))
                try rig.pass(.seconds(1))
            }
            #expect((transport.endReason == nil) == isKept)
        }
    }

    /// H14, the other way: who asks and hardly reads holds nothing for long.
    @Test func aPeerMustTakeWhatItAskedFor() throws {
        try withServer(
            limits(),
            { exchange in
                exchange.respond(text: String(repeating: "x", count: 100_000))
            }
        ) { rig in
            let stuck = try rig.connect(capacity: 1000)
            let slow = try rig.connect(capacity: 1000)
            stuck.feed(get())
            slow.feed(get())
            for _ in 0..<20 {
                try rig.pass(.seconds(1))
                slow.capacity += 1000
            }
            #expect(slow.endReason == nil)
            #expect(stuck.endReason == .timedOut("the peer was too slow"))
        }
    }

    @Test func aSlowHandlerIsNoSlowPeer() throws {
        var waiting: [HTTPExchange] = []
        try withServer(limits(), { waiting.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed(get())
            try rig.pass(.seconds(100))
            waiting[0].respond(text: "at last")
            #expect(transport.takeWrittenText().hasSuffix("at last"))
        }
    }
}

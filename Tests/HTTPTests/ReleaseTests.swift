import FairleadEngine
import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

/// What is over is freed: an exchange that a handler keeps holds no connection, and a connection
/// that has ended holds no exchange.
@Suite struct ReleaseTests {
    private final class Witness {}

    @Test(arguments: [true, false])
    func whatIsOverIsFreed(isAnswered: Bool) throws {
        weak var witness: Witness?
        var kept: [HTTPExchange] = []
        try withServer({ kept.append($0) }) { rig in
            let transport = try rig.connect()
            transport.feed(get("/a") + get("/b"))
            do {
                let seen = Witness()
                witness = seen
                kept[0].onAbandoned = { _ = seen }
                kept[1].onAbandoned = { _ = seen }
            }
            #expect(witness != nil)
            if isAnswered { for exchange in kept { exchange.respond(text: "") } }
            transport.end(from: .closedByPeer)
            try rig.settle()
            #expect(kept.allSatisfy { $0.isAbandoned })
        }
        if !isAnswered { #expect(witness == nil) }
        kept = []
        #expect(witness == nil)
    }

    @Test func aServerThatNobodyHoldsIsFreed() throws {
        weak var server: HTTPServer?
        try withReactor { harness in
            do {
                let made = HTTPServer(on: harness.reactor) { $0.respond(text: "") }
                server = made
                try made.listen("tcp:0:interface=127.0.0.1")
                var isDown = false
                made.shutDown { isDown = true }
                try harness.turn { isDown }
            }
            #expect(server == nil)
        }
    }
}

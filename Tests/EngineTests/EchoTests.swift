import FairleadEngine
import Glibc
import Testing

private final class Echo: StreamProtocol {
    func received(_ bytes: Span<UInt8>, on transport: any Transport) { transport.write(bytes) }
}

@Suite struct ReactorTests {
    @Test func timersRunInOrderAndTheReactorStartsAgain() throws {
        let reactor = try Reactor()
        var order: [Int] = []
        for _ in 0..<2 {
            reactor.after(.milliseconds(3)) {
                order.append(2)
                reactor.stop()
            }
            reactor.after(.milliseconds(1)) { order.append(1) }
            reactor.after(.milliseconds(2)) { order.append(0) }.cancel()
            try reactor.run()
        }
        #expect(order == [1, 2, 1, 2])
        #expect(reactor.census.isEmpty)
    }
}

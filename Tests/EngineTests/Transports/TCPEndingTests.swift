// How TCP connections end: close, abort, half-close, resets, time limits and reactors that stop,
// each with the reason that both sides are told, exactly once. Real sockets, because the order of
// a close and a reset is what the kernel makes of it. Nothing waits for a time to pass.
import FairleadEngine
import FairleadWire
import Glibc
import Testing

private struct Mishap: Error {}

@Suite struct TCPEndingTests {
    @Test func bytesGoBothWaysAndAnOrdinaryCloseIsSeenAsSuch() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.client.transport?.write("hello")
            pair.server.onReceived = { $1.write($0) }
            try rig.run { pair.client.text == "hello" }
            pair.client.transport?.close()
            try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
            #expect(pair.client.events == [.made, .received, .lost(.closedByUs)])
            #expect(pair.server.events == [.made, .received, .readEnded, .lost(.closedByPeer)])
        }
    }

    @Test func closeSendsWhatIsQueuedFirst() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            let size = 12_000_000
            pair.server.checksPattern = true
            pair.client.transport?.write(Pattern.bytes(from: 0, count: size))
            let queued = pair.client.transport?.queuedBytes ?? 0
            #expect(queued > 0)
            pair.client.transport?.close()
            pair.client.transport?.write("not any more")
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.receivedCount == size && pair.server.isPattern)
            #expect(pair.client.reason == .closedByUs)
        }
    }

    @Test func aClosingConnectionWhosePeerNeverReadsIsGivenUp() throws {
        var limits = Limits()
        limits.closeTimeout = .milliseconds(20)
        try withRig(limits) { rig in
            let pair = try rig.tcpPair()
            pair.server.transport?.pauseReading()
            pair.client.transport?.write(Pattern.bytes(from: 0, count: 12_000_000))
            pair.client.transport?.close()
            try rig.run { pair.client.lostCount == 1 }
            guard case .timedOut = pair.client.reason else {
                Issue.record("\(pair.client.events)")
                return
            }
            // Cut off in the middle: the peer must not take it for an ordinary end.
            pair.server.checksPattern = true
            pair.server.transport?.resumeReading()
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.reason == .system(SystemError(ECONNRESET, "read")))
        }
    }

    @Test func abortSendsAResetAndDropsTheQueue() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.client.transport?.abort()
            try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
            #expect(pair.client.events == [.made, .lost(.closedByUs)])
            let reset = SystemError(ECONNRESET, "read")
            #expect(pair.server.events == [.made, .lost(.system(reset))])
        }
    }

    @Test func aHalfCloseLetsTheOtherDirectionGoOn() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.server.onReadEnded = { transport in
                transport.write("the answer")
                transport.close()
            }
            pair.client.transport?.write("the question")
            pair.client.transport?.closeWrite()
            pair.client.transport?.write("never sent")
            try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
            #expect(pair.server.text == "the question" && pair.client.text == "the answer")
            #expect(pair.client.events == [.made, .received, .lost(.closedByPeer)])
            #expect(pair.server.events == [.made, .received, .readEnded, .lost(.closedByPeer)])
        }
    }

    @Test func aHalfCloseComesAfterWhatIsQueued() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.server.checksPattern = true
            pair.server.onReadEnded = { $0.write("all there") }
            pair.client.transport?.write(Pattern.bytes(from: 0, count: 12_000_000))
            pair.client.transport?.closeWrite()
            try rig.run { pair.client.text == "all there" }
            #expect(pair.server.receivedCount == 12_000_000 && pair.server.isPattern)
            pair.server.transport?.closeWrite()
            try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
            #expect(pair.server.reason == .closedByPeer && pair.client.reason == .closedByPeer)
        }
    }

    @Test func bytesThatArrivedBeforeAResetAreDeliveredAfterAPause() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.server.transport?.pauseReading()
            pair.client.transport?.write("last words")
            try rig.turns(3)
            pair.client.transport?.abort()
            try rig.run { pair.client.lostCount == 1 }
            #expect(try rig.turns(20) <= 3, "a hang-up that nobody reads must not spin")
            #expect(pair.server.events == [.made])
            pair.server.transport?.resumeReading()
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.text == "last words")
            #expect(pair.server.reason == .system(SystemError(ECONNRESET, "read")))
        }
    }

    @Test func whatArrivedIsDeliveredWhenOurOwnWriteFails() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.client.transport?.write("refused, because")
            try rig.run { rig.kernel.calls["write"] == 1 }
            pair.client.transport?.abort()
            // The server writes before it has read: this call meets the reset.
            pair.server.transport?.write("x")
            pair.server.transport?.write("y")
            #expect(pair.server.reason == nil)
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.text == "refused, because")
            #expect(pair.server.events.count == 3)
        }
    }

    @Test func aWriteErrorWhilePausedEndsTheConnectionOnceReadingGoesOn() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.server.transport?.pauseReading()
            pair.client.transport?.write("kept")
            rig.kernel.onWrite = { _, _ in .failure(ENOBUFS) }
            pair.server.transport?.write("x")
            rig.kernel.onWrite = nil
            try rig.turns(5)
            #expect(pair.server.events == [.made])
            pair.server.transport?.resumeReading()
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.text == "kept")
            #expect(pair.server.reason == .system(SystemError(ENOBUFS, "write")))
        }
    }

    @Test func closeWithUnreadInputStillDeliversWhatWasSent() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.client.checksPattern = true
            pair.client.transport?.pauseReading()
            let size = 1_000_000
            pair.server.onReceived = { _, transport in
                transport.write(Pattern.bytes(from: 0, count: size))
                transport.close()
            }
            let request = [UInt8](repeating: 7, count: 200_000)
            pair.client.transport?.write(request)
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.receivedCount < request.count, "the test needs unread input")
            pair.client.transport?.resumeReading()
            try rig.run { pair.client.lostCount == 1 }
            #expect(pair.client.receivedCount == size && pair.client.isPattern)
            #expect(pair.client.reason == .closedByPeer)
            try rig.run { rig.reactor.census.descriptors == 1 }
        }
    }

    @Test func aPeerThatDoesNotCloseAfterUsIsGivenUp() throws {
        var limits = Limits()
        limits.closeTimeout = .milliseconds(20)
        limits.readBuffer = 1000
        try withRig(limits) { rig in
            let pair = try rig.tcpPair()
            pair.client.onReadEnded = { _ in }
            pair.server.onReceived = { _, transport in transport.close() }
            pair.client.transport?.write(shared: Pattern.bytes(from: 0, count: 5000))
            try rig.run { pair.server.lostCount == 1 && pair.client.events.last == .readEnded }
            #expect(pair.server.receivedCount == 1000 && pair.server.reason == .closedByUs)
            // The listener and the client stay; what lingers goes, and its timer with it.
            try rig.run { rig.reactor.census.timers.isEmpty }
            #expect(pair.client.reason == nil && rig.kernel.base.openDescriptors == 3)
        }
    }

    @Test(arguments: ["made", "received", "readEnded"])
    func anErrorThrownByACallbackEndsThatOneConnection(_ callback: String) throws {
        try withRig { rig in
            let pair = try rig.beginTCPPair()
            switch callback {
            case "made": pair.server.onMade = { _ in throw Mishap() }
            case "received": pair.server.onReceived = { _, _ in throw Mishap() }
            default: pair.server.onReadEnded = { _ in throw Mishap() }
            }
            pair.client.onMade = { transport in
                transport.write("x")
                if callback == "readEnded" { transport.closeWrite() }
            }
            // A client may meet the reset before it has seen its connection stand.
            try rig.run { pair.server.lostCount == 1 && rig.reactor.census.descriptors == 1 }
            #expect(pair.server.reason == .callbackFailed("Mishap()"))
            #expect(pair.port.connectionCount == 0)
        }
    }

    @Test func aThrownReasonIsTheReason() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            let violation = Disconnect.limitReached("three strikes")
            pair.server.onReceived = { _, _ in throw violation }
            pair.client.transport?.write("x")
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.reason == violation)
        }
    }

    @Test func theEndIsToldAfterTheCallbackThatCausedIt() throws {
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.server.onReceived = { [server = pair.server] _, transport in
                transport.abort()
                transport.write("after the end")
                transport.close()
                #expect(server.lostCount == 0)
            }
            pair.server.onLost = { _, transport in
                transport.write("into the void")
                transport.close()
                transport.resumeReading()
            }
            pair.client.transport?.write("x")
            try rig.run { pair.server.lostCount == 1 }
            #expect(pair.server.events == [.made, .received, .lost(.closedByUs)])
            #expect(pair.client.received.isEmpty)
        }
    }

    @Test func oneConnectionMayWriteToAndEndAnother() throws {
        try withRig { rig in
            let first = try rig.tcpPair()
            let second = try rig.tcpPair()
            first.server.onReceived = { [server = second.server] _, _ in
                server.transport?.write("from next door")
                server.transport?.close()
            }
            first.client.transport?.write("x")
            second.client.transport?.write("y")
            try rig.run { second.client.lostCount + second.server.lostCount == 2 }
            #expect(second.client.text == "from next door")
        }
    }

    @Test func aConnectionMayEndInItsFirstCallback() throws {
        try withRig { rig in
            let pair = try rig.beginTCPPair()
            pair.server.onMade = { $0.close() }
            try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
            #expect(pair.server.events == [.made, .lost(.closedByUs)])
        }
    }

    @Test func aDescriptorThatCannotBeWatchedIsAnEndLikeAnyOther() throws {
        try withRig { rig in
            let server = rig.recorder()
            let port = try rig.reactor.listenTCP(on: .ipv4(.loopback, port: 0)) { _ in server }
            let client = rig.recorder()
            rig.reactor.connectTCP(to: "127.0.0.1", port: try port.number) { _ in client }
            rig.kernel.onAccept = { [kernel = rig.kernel] listener in
                let result = kernel.base.accept(listener)
                if result.isSuccess { kernel.onAdd = { _ in SystemError(ENOSPC, "epoll_ctl") } }
                return result
            }
            server.onLost = { [kernel = rig.kernel] _, _ in kernel.onAdd = nil }
            try rig.run { server.lostCount == 1 }
            #expect(server.events == [.made, .lost(.system(SystemError(ENOSPC, "epoll_ctl")))])
        }
    }

    @Test func aTransportIsFreedAfterItsEnd() throws {
        try withRig { rig in
            weak var client: (any Transport)?
            weak var server: (any Transport)?
            let pair = try rig.tcpPair()
            client = pair.client.transport
            server = pair.server.transport
            #expect(client != nil && server != nil)
            client?.write(Pattern.bytes(from: 0, count: 12_000_000))
            client?.close()
            try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
            try rig.turns(1)
            #expect(client == nil && server == nil)
        }
    }

    @Test func stoppingTheReactorEndsEveryConnection() throws {
        var recorders: [Recorder] = []
        try withRig { rig in
            let pair = try rig.tcpPair()
            pair.client.transport?.pauseReading()
            recorders = [pair.client, pair.server]
        }
        #expect(
            recorders.map(\.events) == [[.made, .lost(.closedByUs)], [.made, .lost(.closedByUs)]])
    }
}

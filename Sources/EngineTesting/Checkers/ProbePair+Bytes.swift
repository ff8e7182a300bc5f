// The rules of TransportChecker on bytes and ends. Each is given a pair that has just connected,
// and throws what it found. They use nothing but the contract, so that they hold for transports
// of others too; rules on queues and limits are in the file beside this one.
import FairleadEngine
import FairleadWire

extension ProbePair {
    func bytesArriveInOrder() throws {
        let there = Self.pattern(300_000)
        let back = Self.pattern(200_000, 7)
        let (one, two) = (try transport(of: first), try transport(of: second))
        for start in stride(from: 0, to: there.count, by: 50_000) {
            one.write(Array(there[start..<start + 50_000]))
            if start + 50_000 <= back.count {
                two.write(back.span.extracting(start..<start + 50_000))
            }
        }
        try wait("all bytes arrive") {
            second.received.count >= there.count && first.received.count >= back.count
        }
        try require(second.received == there, "the second received other bytes than were written")
        try require(first.received == back, "the first received other bytes than were written")
    }

    func closeFlushes() throws {
        second.whenReadEnded = { $0.close() }
        try pause(second)
        let all = try fillFirst { $0.queuedBytes > 0 }
        first.isClosed = true
        first.outside("close") { $0.close() }
        first.outside("write") { $0.write("after close") }
        try require(!first.hasEnded, "closed though \(all.count) bytes were not sent yet")
        try resume(second)
        try bothEnd()
        try require(second.received == all, "\(second.received.count) of \(all.count) bytes came")
        try require(
            first.reason == .closedByUs, "the closer was told \(String(describing: first.reason))")
    }

    func closedPeerIsReported() throws {
        second.whenReadEnded = { $0.close() }
        first.isClosed = true
        first.outside("close") { $0.close() }
        try bothEnd()
        try require(
            first.reason == .closedByUs, "the closer was told \(String(describing: first.reason))")
        try require(
            second.reason == .closedByPeer, "the peer was told \(String(describing: second.reason))"
        )
        try require(second.readEndedCount == 1, "the peer was not told that reading had ended")
    }

    func abortEndsBoth() throws {
        second.whenReadEnded = { $0.close() }
        try pause(second)
        _ = try fillFirst { $0.queuedBytes > 0 }
        first.isClosed = true
        first.outside("abort") { $0.abort() }
        try wait("the aborted end is told") { first.hasEnded }
        try resume(second)
        try bothEnd()
        try require(
            first.reason == .closedByUs, "the aborter was told \(String(describing: first.reason))")
    }

    func abortReason() throws {
        second.whenReadEnded = { $0.close() }
        first.outside("abort") { $0.abort(.timedOut("a test")) }
        try bothEnd()
        try require(
            first.reason == .timedOut("a test"),
            "the reason was \(String(describing: first.reason))")
    }

    func halfClose() throws {
        let (there, back) = (Self.pattern(100_000), Self.pattern(100_000, 3))
        second.whenReadEnded = { transport in
            transport.write(back)
            transport.close()
        }
        first.outside("closeWrite") {
            $0.write(there)
            $0.closeWrite()
            $0.write("after closeWrite")
        }
        try bothEnd()
        try require(second.received == there, "bytes before closeWrite got lost")
        try require(first.received == back, "bytes after the peer's closeWrite got lost")
        for probe in [first, second] {
            try require(
                probe.reason == .closedByPeer, "the reason was \(String(describing: probe.reason))")
        }
    }

    func halfCloseOfBoth() throws {
        first.outside("closeWrite") { $0.closeWrite() }
        try wait("the end of input is told") { second.readEndedCount == 1 }
        try settle(3)
        try require(!first.hasEnded && !second.hasEnded, "half a close ended the connection")
        second.outside("closeWrite") { $0.closeWrite() }
        try bothEnd()
    }

    func pauseHolds() throws {
        try pause(second)
        first.outside("write") { $0.write(Self.pattern(1000)) }
        try settle()
        try require(second.received.isEmpty, "bytes came during the pause")
        try resume(second)
        try require(second.received.isEmpty, "bytes came inside resumeReading")
        try wait("the bytes come after the pause") { second.received.count == 1000 }
        second.whenReceived = { [unowned second] transport in
            transport.pauseReading()
            second.isPaused = true
        }
        for _ in 0..<3 {
            first.outside("write") { $0.write(Self.pattern(100_000)) }
            try settle()
            try resume(second)
        }
        try wait("more bytes come after the pause") { second.received.count > 1000 }
    }

    func pauseKeepsTheEnd() throws {
        second.whenReadEnded = { $0.close() }
        try pause(second)
        first.outside("write") { $0.write(Self.pattern(500)) }
        first.outside("close") { $0.close() }
        try wait("the closer ends") { first.hasEnded }
        try settle()
        try require(second.received.isEmpty && second.readEndedCount == 0, "told during the pause")
        try resume(second)
        try wait("the other ends") { second.hasEnded }
        try require(second.received == Self.pattern(500), "bytes before the end got lost")
        try require(
            second.reason == .closedByPeer, "the reason was \(String(describing: second.reason))")
    }

    func throwingEnds() throws {
        second.whenReceived = { _ in throw ProtocolError(.remote, "a test", "thrown") }
        first.whenReadEnded = { $0.close() }
        first.outside("write") { $0.write("x") }
        try bothEnd()
        let expected = Disconnect.protocolViolation(ProtocolError(.remote, "a test", "thrown"))
        try require(
            second.reason == expected, "the reason was \(String(describing: second.reason))")
    }

    func throwAtTheStart() {
        first.whenReadEnded = { $0.close() }
        second.whenMade = { _ in throw ProtocolError(.local, "a test", "thrown") }
    }

    func thrownAtTheStart() throws {
        try bothEnd()
        let expected = Disconnect.protocolViolation(ProtocolError(.local, "a test", "thrown"))
        try require(
            second.reason == expected, "the reason was \(String(describing: second.reason))")
    }

    func closeAtTheStart() {
        first.whenReadEnded = { $0.close() }
        second.whenMade = { [unowned second] transport in
            transport.write("hello")
            transport.close()
            second.isClosed = true
        }
    }

    func closedAtTheStart() throws {
        try bothEnd()
        try require(first.received == Array("hello".utf8), "bytes before the close got lost")
        try require(
            second.reason == .closedByUs, "the reason was \(String(describing: second.reason))")
    }

    func closeInsideReceived() throws {
        second.whenReceived = { [unowned second] transport in
            transport.close()
            second.isClosed = true
            if second.hasEnded { throw Disconnect.callbackFailed("ended inside the callback") }
        }
        first.whenReadEnded = { $0.close() }
        first.outside("write") { $0.write(Self.pattern(200_000)) }
        try wait("the closer ends") { second.hasEnded }
        try require(
            second.reason == .closedByUs, "the reason was \(String(describing: second.reason))")
        try bothEnd()
    }

    func abortOtherInsideReceived() throws {
        let other = try transport(of: first)
        second.whenReadEnded = { $0.close() }
        second.whenReceived = { [unowned first] _ in
            if first.hasEnded { return }
            other.abort()
            first.isClosed = true
        }
        second.outside("write") { $0.write(Self.pattern(10_000)) }
        first.outside("write") { $0.write(Self.pattern(10_000)) }
        try bothEnd()
        try require(
            first.reason == .closedByUs, "the reason was \(String(describing: first.reason))")
    }
}

// The laws about kinds of descriptors and their ends: hang-up, errors, half-closing, terminals,
// files, refusals, and many at once. They know the contract only, never a mechanism.
// What a mechanism cannot watch it may refuse, with an error: the law asks no more.
import CSystem
import FairleadEngine
import FairleadWire
import Glibc

extension PollerTrial {
    // MARK: Hang-up and error

    func hangUpWakesBoth() throws(SystemError) {
        for interest in [Interest.readable, .writable, [.readable, .writable]] {
            let (socket, peer) = keep(try SystemProbe.socketPair())
            let token = try watch(socket, interest)
            _ = try look()
            close(peer)
            for time in 1...2 {
                let seen = try readiness(of: token, with: .hangUp)
                expect(
                    seen.contains(.hangUp),
                    "the peer is gone, wait \(time) for \(interest.rawValue): \(seen.names)")
            }
            unwatch(socket)
        }
    }

    func errorIsReported() throws(SystemError) {
        for interest in [Interest.readable, .writable] {
            let (reader, writer) = keep(try SystemProbe.pipe())
            _ = fl_check_fill(writer)
            let token = try watch(writer, interest)
            expectNothing(try look(), "the pipe is full")
            close(reader)
            let seen = try readiness(of: token, with: [.error, .hangUp])
            expect(
                !seen.isDisjoint(with: [.error, .hangUp]),
                "nobody reads the pipe, wait for \(interest.rawValue): \(seen.names)")
            unwatch(writer)
        }
    }

    func halfCloseIsNoHangUp() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        let token = try watch(socket, .readable)
        _ = fl_check_half_close(peer)
        expect(try report(), of: token, .readable, "the peer has ended its direction")
        _ = fl_check_fill(socket)
        try poller.modify(socket, .writable, token)
        expectNothing(try look(), "half closed, no room, only writing is wanted")
        expectNothing(try look(), "half closed, no room, looked again")
        _ = fl_check_drain(peer)
        expect(try report(), of: token, .writable, "half closed, room again")
        try poller.modify(socket, .readable, token)
        expect(try report(), of: token, .readable, "half closed, reading again")
        close(peer)
        let seen = try readiness(of: token, with: .hangUp)
        expect(seen.contains(.hangUp), "closed wholly: \(seen.names)")
    }

    /// What the first wait says of a registration that names what is looked for.
    ///
    /// More than one, for a process that another thread starts may hold the closed end until it
    /// runs.
    private func readiness(of token: Token, with sought: Readiness) throws(SystemError)
        -> Readiness
    {
        let limit = now + patience
        while true {
            let events = try report().filter { $0.token == token }
            let seen = events.reduce(into: Readiness()) { $0.formUnion($1.readiness) }
            if !seen.isDisjoint(with: sought) || now >= limit { return seen }
        }
    }

    // MARK: Kinds

    func watchesTerminals() throws(SystemError) {
        let (control, terminal) = keep(try SystemProbe.terminal())
        for (near, far) in [(control, terminal), (terminal, control)] {
            let token = try watch(near, .readable)
            expectNothing(try look(), "nothing was typed")
            _ = fl_check_put(far)
            for time in 1...2 {
                expect(try report(), of: token, .readable, "a byte was typed, wait \(time)")
            }
            _ = fl_check_drain(near)
            expectNothing(try look(), "what was typed is consumed")
            unwatch(near)
        }
        let token = try watch(terminal, .readable)
        expectNothing(try look(), "the line is quiet")
        close(control)
        let seen = try readiness(of: token, with: .hangUp)
        expect(seen.contains(.hangUp), "the line was hung up: \(seen.names)")
    }

    func watchesFiles() throws(SystemError) {
        let file = keep(try SystemProbe.file())
        let (socket, peer) = keep(try SystemProbe.socketPair())
        let token: Token
        do throws(SystemError) { token = try watch(file, .readable) } catch { return }
        for time in 1...3 {
            expect(try report(), of: token, .readable, "a file is always ready, wait \(time)")
        }
        let other = try watch(socket, .readable)
        _ = fl_check_put(peer)
        let events = try report()
        expect(
            Set(events.map(\.token)) == [token, other],
            "a file and a socket are ready, seen: \(events.count)")
        _ = fl_check_drain(socket)
        poller.waker.wake()
        expect(try report(), of: token, .readable, "woken with a file ready")
        unwatch(file)
        expectNothing(try look(), "the file is no longer watched")
        try expectWait(until: now + .milliseconds(2), "after a file was watched")
    }

    func refusals() throws(SystemError) {
        let (socket, _) = keep(try SystemProbe.socketPair())
        try watch(socket, .readable)
        expectRefusal(of: socket, EEXIST, "a second watch of one descriptor")
        // No process has so many; -1 never is one.
        expectRefusal(of: -1, EBADF, "a watch of -1")
        let file = keep(try SystemProbe.file())
        do throws(SystemError) { try watch(file, .readable) } catch { return }
        expectRefusal(of: file, EEXIST, "a second watch of a file")
    }

    private func expectRefusal(of descriptor: Int32, _ code: Int32, _ what: String) {
        do throws(SystemError) {
            try poller.add(descriptor, .readable, newToken())
            note("\(what) was accepted")
        } catch {
            expect(error.code == code, "\(what): \(error)")
        }
    }

    func watchesMany() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        var tokens: [Int32: Token] = [:]
        for _ in 0..<many {
            let copy = keep(try SystemProbe.duplicate(socket))
            // A mechanism may have no room for a number; it has to say so.
            do throws(SystemError) { tokens[copy] = try watch(copy, .readable) } catch { break }
        }
        expect(tokens.count > many / 2, "only \(tokens.count) could be watched")
        expectNothing(try look(), "nothing has come")
        _ = fl_check_put(peer)
        try expectAll(Set(tokens.values), "all are ready")
        for (descriptor, token) in tokens where token.slot % 2 == 0 {
            unwatch(descriptor)
            tokens[descriptor] = nil
        }
        try expectAll(Set(tokens.values), "every second one was removed")
        _ = fl_check_drain(socket)
        expectNothing(try look(), "all is consumed")
    }

    /// A mechanism may need several waits for so many.
    private func expectAll(_ tokens: Set<Token>, _ when: String) throws(SystemError) {
        var seen: Set<Token> = []
        for _ in 0..<1 + many / 8 where seen.count < tokens.count {
            seen.formUnion(try report().map(\.token))
        }
        expect(seen == tokens, "\(when): \(seen.count) of \(tokens.count) were reported")
    }
}

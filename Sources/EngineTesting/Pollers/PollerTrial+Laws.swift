// The laws of the poller contract, each as a short play on real descriptors: what is watched, what
// is level-triggered, what removal means. They know the contract only, never a mechanism.
// Kinds of descriptors follow in PollerTrial+Descriptors, time and threads in PollerTrial+Waiting.
import CSystem
import FairleadEngine
import FairleadWire
import Glibc

extension PollerTrial {
    /// Tries one law.
    func run(_ law: PollerChecker.Law) throws(SystemError) {
        switch law {
        case .reportsInputUntilItIsConsumed: try inputUntilConsumed(SystemProbe.socketPair())
        case .reportsRoomUntilItIsFilled: try roomUntilFilled()
        case .reportsWhatWasReadyBefore: try readyBefore()
        case .reportsOnlyWhatWasAskedFor: try onlyWhatWasAskedFor()
        case .modifyTakesEffect: try modifyTakesEffect()
        case .worksAgainAfterRemoveAndAdd: try worksAgain()
        case .reportsNothingAfterRemove: try nothingAfterRemove()
        case .reportsNothingOfAFormerOwner: try nothingOfAFormerOwner()
        case .removeLetsGoOfTheDescriptor: try removeLetsGo()
        case .hangUpWakesBothDirections: try hangUpWakesBoth()
        case .errorIsReportedWhateverWasAskedFor: try errorIsReported()
        case .halfCloseIsNoHangUp: try halfCloseIsNoHangUp()
        case .watchesTerminals: try watchesTerminals()
        case .watchesFilesOrRefusesThem: try watchesFiles()
        case .refusesWhatIsClosedOrWatched: try refusals()
        case .watchesManyDescriptors: try watchesMany()
        case .deadlineIsNeverEarly: try deadlineIsNeverEarly()
        case .waitsForeverWithoutDeadline: try wakeFromAnotherThread(deadline: nil)
        case .wakeEndsTheCurrentWait: try wakeFromAnotherThread(deadline: now + .seconds(60))
        case .wakeEndsTheNextWait: try wakeEndsTheNextWait()
        case .manyWakesEndOneWait: try manyWakesEndOneWait()
        case .noWakeIsLost: try noWakeIsLost()
        case .interruptionIsInvisible: try interruptionIsInvisible()
        case .descriptorTellsAHostTheTruth: try descriptorTellsTheTruth()
        case .givesItsDescriptorsBack: break
        }
    }

    // MARK: Level-triggered

    private func inputUntilConsumed(_ pair: (Int32, Int32)) throws(SystemError) {
        let (socket, peer) = keep(pair)
        let token = try watch(socket, .readable)
        expectNothing(try look(), "nothing has come")
        _ = fl_check_put(peer)
        _ = fl_check_put(peer)
        for time in 1...3 {
            expect(try report(), of: token, .readable, "two bytes wait, wait number \(time)")
        }
        _ = fl_check_get(socket)
        expect(try report(), of: token, .readable, "one byte waits still")
        // What came after a report and was consumed with the rest is not reported any more.
        _ = fl_check_put(peer)
        _ = fl_check_drain(socket)
        expectNothing(try look(), "all is consumed")
        expectNothing(try look(), "all is still consumed")
        _ = fl_check_put(peer)
        expect(try report(), of: token, .readable, "a byte came anew")
    }

    private func roomUntilFilled() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        let token = try watch(socket, .writable)
        for time in 1...3 {
            expect(try report(), of: token, .writable, "there is room, wait number \(time)")
        }
        _ = fl_check_fill(socket)
        expectNothing(try look(), "there is no room")
        _ = fl_check_drain(peer)
        for time in 1...2 {
            expect(try report(), of: token, .writable, "there is room again, wait number \(time)")
        }
    }

    private func readyBefore() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        _ = fl_check_put(peer)
        let token = try watch(socket, .readable)
        expect(try report(), of: token, .readable, "a byte came before the watch began")
    }

    // MARK: Interest

    private func onlyWhatWasAskedFor() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        _ = fl_check_put(peer)
        let token = try watch(socket, .writable)
        expect(try report(), of: token, .writable, "input waits and writing was asked for")
        try poller.modify(socket, [.readable, .writable], token)
        expect(try report(), of: token, [.readable, .writable], "both were asked for")
    }

    private func modifyTakesEffect() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        let token = try watch(socket, .readable)
        expectNothing(try look(), "nothing has come")
        try poller.modify(socket, .writable, token)
        expect(try report(), of: token, .writable, "changed to writing")
        _ = fl_check_put(peer)
        try poller.modify(socket, .readable, token)
        expect(try report(), of: token, .readable, "changed to reading")
        _ = fl_check_drain(socket)
        expectNothing(try look(), "changed to reading and all consumed")
        // There and back before anyone looks.
        try poller.modify(socket, .writable, token)
        try poller.modify(socket, .readable, token)
        expectNothing(try look(), "changed to writing and back")
        _ = fl_check_put(peer)
        expect(try report(), of: token, .readable, "a byte came after that")
    }

    private func worksAgain() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        for round in 1...3 {
            let token = try watch(socket, .readable)
            expectNothing(try look(), "added, round \(round)")
            _ = fl_check_put(peer)
            expect(try report(), of: token, .readable, "a byte came, round \(round)")
            try poller.modify(socket, .writable, token)
            expect(try report(), of: token, .writable, "changed to writing, round \(round)")
            _ = fl_check_drain(socket)
            unwatch(socket)
        }
    }

    // MARK: Removal

    private func nothingAfterRemove() throws(SystemError) {
        let (socket, peer) = keep(try SystemProbe.socketPair())
        try watch(socket, .readable)
        expectNothing(try look(), "nothing has come")
        _ = fl_check_put(peer)
        unwatch(socket)
        expectNothing(try look(), "removed with a byte waiting that was not reported")
        try watch(socket, [.readable, .writable])
        _ = try report()
        unwatch(socket)
        expectNothing(try look(), "removed after a report")
        try watch(socket, .readable)
        unwatch(socket)
        expectNothing(try look(), "added and removed at once")
        poller.remove(socket, newToken())
        expectNothing(try look(), "removed twice")
    }

    private func nothingOfAFormerOwner() throws(SystemError) {
        let (number, formerPeer) = keep(try SystemProbe.socketPair())
        let (socket, peer) = keep(try SystemProbe.socketPair())
        for wasReported in [true, false] {
            _ = fl_check_put(formerPeer)
            try watch(number, .readable)
            if wasReported { _ = try report() }
            unwatch(number)
            _ = fl_check_replace(socket, number)
            let token = try watch(number, .readable)
            expectNothing(try look(), "the number's former owner had a byte waiting")
            _ = fl_check_put(peer)
            expect(try report(), of: token, .readable, "the number's new owner got a byte")
            _ = fl_check_drain(number)
            unwatch(number)
        }
        // The same descriptor under another name, between a report and the next wait.
        _ = fl_check_put(peer)
        try watch(number, .readable)
        _ = try report()
        unwatch(number)
        let token = try watch(number, .readable)
        expect(try report(), of: token, .readable, "watched under a new token")
    }

    private func removeLetsGo() throws(SystemError) {
        for hasReported in [false, true] {
            let (socket, peer) = keep(try SystemProbe.socketPair())
            try watch(socket, [.readable])
            if hasReported { _ = fl_check_put(peer) }
            _ = try look()
            try poller.modify(socket, [.readable], newToken())
            unwatch(socket)
            close(socket)
            // Not at once: a process that another thread starts may hold it until it runs.
            _ = fl_check_is_readable(peer, Int32(clamping: patience.nanoseconds / 1_000_000))
            let end = fl_check_get(peer)
            // A byte that nobody read makes the end a reset.
            expect(end == 0 || hasReported && end == -ECONNRESET, "the peer sees no end: \(end)")
        }
    }
}

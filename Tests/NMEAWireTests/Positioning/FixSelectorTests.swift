import FairleadNMEAWire
import FairleadWire
import Testing

@Suite struct FixSelectorTests {
    private func fix(
        _ device: String, _ quality: Fix.Quality = .gps, error: Double? = nil,
        hasPosition: Bool = true
    ) -> Fix {
        var fix = Fix()
        fix.device = device
        guard hasPosition else { return fix }
        fix.position = Coordinate(latitude: 50, longitude: 8)
        fix.mode = .threeDimensional
        fix.quality = quality
        if let error {
            var estimate = ErrorEstimate(source: .statistics)
            estimate.horizontal = error
            fix.errors = estimate
        }
        return fix
    }

    private func second(_ second: Double) -> Instant {
        Instant(nanoseconds: Int64(second * 1e9))
    }

    @Test func theFirstPositionCountsAndAnEqualOneDoesNotReplaceIt() {
        var selector = FixSelector()
        #expect(selector.take(fix("a"), at: second(0))?.device == "a")
        for time in 1...20 {
            #expect(selector.take(fix("b"), at: second(Double(time) - 0.5)) == nil)
            #expect(selector.take(fix("a"), at: second(Double(time)))?.device == "a")
        }
        #expect(selector.chosen == "a")
    }

    @Test func aBetterOneIsChosenOnlyAfterItHasBeenBetterForAWhile() {
        var selector = FixSelector(patience: .seconds(5))
        _ = selector.take(fix("a"), at: second(0))
        for time in 0..<5 {
            #expect(selector.take(fix("b", .rtkFixed), at: second(Double(time))) == nil)
            #expect(selector.take(fix("a"), at: second(Double(time) + 0.1)) != nil)
        }
        #expect(selector.take(fix("b", .rtkFixed), at: second(5))?.device == "b")
        #expect(selector.take(fix("a"), at: second(5.1)) == nil)
    }

    @Test func whatIsBetterOnlyNowAndThenIsNotChosen() {
        var selector = FixSelector(patience: .seconds(3))
        _ = selector.take(fix("a"), at: second(0))
        for time in 0..<30 {
            let quality: Fix.Quality = time % 3 == 0 ? .gps : .rtkFloat
            #expect(selector.take(fix("b", quality), at: second(Double(time))) == nil)
            #expect(selector.take(fix("a"), at: second(Double(time) + 0.1)) != nil)
        }
    }

    @Test func aSilentOneIsReplacedWithinTwoSeconds() throws {
        var selector = FixSelector()
        for time in 0...3 {
            _ = selector.take(fix("a", .rtkFixed), at: second(Double(time)))
            _ = selector.take(fix("b"), at: second(Double(time) + 0.4))
        }
        // The other goes on at one second's pace.
        #expect(selector.take(fix("b"), at: second(4.4)) == nil)
        let deadline = try #require(selector.deadline)
        #expect(deadline == second(5.5))
        #expect(selector.take(fix("b"), at: second(5.4)) == nil)
        #expect(selector.expire(at: deadline) == nil)
        #expect(selector.expire(at: deadline + .milliseconds(1))?.device == "b")
    }

    @Test func aFasterReceiverIsMissedSooner() throws {
        var selector = FixSelector(silence: .milliseconds(300))
        for tenth in 0...10 { _ = selector.take(fix("a"), at: second(Double(tenth) / 10)) }
        _ = selector.take(fix("b"), at: second(1.05))
        let deadline = try #require(selector.deadline)
        #expect(deadline == second(1.3))
    }

    @Test func oneThatLosesItsFixIsReplacedAtOnce() {
        var selector = FixSelector()
        _ = selector.take(fix("a"), at: second(0))
        _ = selector.take(fix("b"), at: second(0.5))
        #expect(selector.take(fix("a", hasPosition: false), at: second(1))?.device == "b")
        #expect(selector.chosen == "b")
        // When nobody has a fix, that is what there is to know.
        let last = selector.take(fix("b", hasPosition: false), at: second(1.5))
        #expect(last?.device == "b" && last?.position == nil)
        #expect(selector.chosen == nil)
    }

    @Test func thePreferredOneComesFirstAsLongAsItHasAFix() {
        var selector = FixSelector(preferred: ["b"], patience: .seconds(2))
        _ = selector.take(fix("a", .rtkFixed), at: second(0))
        for time in 0...2 { _ = selector.take(fix("b"), at: second(Double(time) + 0.1)) }
        _ = selector.take(fix("a", .rtkFixed), at: second(2.05))
        #expect(selector.chosen == "b")
    }

    @Test func aSmallerErrorDecidesAmongEqualsUnlessItIsNearlyTheSame() {
        var selector = FixSelector(patience: .seconds(1))
        for time in 0..<5 {
            _ = selector.take(fix("a", error: 3), at: second(Double(time)))
            _ = selector.take(fix("b", error: 2.9), at: second(Double(time) + 0.1))
        }
        #expect(selector.chosen == "a")
        for time in 5..<8 {
            _ = selector.take(fix("a", error: 3), at: second(Double(time)))
            _ = selector.take(fix("c", error: 1), at: second(Double(time) + 0.2))
        }
        #expect(selector.chosen == "c")
    }

    @Test func noMoreDevicesAreKeptThanTheLimit() {
        var selector = FixSelector()
        for number in 0..<1000 {
            _ = selector.take(fix("device \(number)"), at: second(0))
        }
        #expect(selector.chosen == "device 0")
        #expect(selector.take(fix("device 0", hasPosition: false), at: second(0.1)) != nil)
    }
}

import FairleadWire
import Testing

@Suite struct InstantTests {
    static let beginning = Instant(nanoseconds: .min)
    static let end = Instant.distantFuture

    @Test func staysAtTheEndsOfTimeInsteadOfTrapping() {
        #expect(Self.end + .nanoseconds(1) == Self.end)
        #expect(Self.end + .seconds(Int64.max) == Self.end)
        #expect(Self.beginning + .nanoseconds(-1) == Self.beginning)
        #expect(Self.beginning + .seconds(Int64.min) == Self.beginning)
        #expect(Self.beginning + .seconds(Int64.max) == Instant(nanoseconds: -1))
        #expect(Self.beginning.since(Self.end).nanoseconds == .min)
        #expect(Self.end.since(Self.beginning).nanoseconds == .max)
        #expect(Instant(nanoseconds: 0).since(Self.beginning).nanoseconds == .max)
    }

    @Test func keepsNanoseconds() {
        #expect((Instant(nanoseconds: 5) + .nanoseconds(7)).nanoseconds == 12)
        #expect((Instant(nanoseconds: 5) + .nanoseconds(-7)).nanoseconds == -2)
        #expect(Instant(nanoseconds: 12).since(Instant(nanoseconds: 5)) == .nanoseconds(7))
        #expect(Instant(nanoseconds: 5).since(Instant(nanoseconds: 12)) == .nanoseconds(-7))
        #expect(Self.end.since(Self.end) == .zero)
    }

    @Test func isOrderedByTime() {
        let instants = [Self.end, Self.beginning, Instant(nanoseconds: 1), Instant(nanoseconds: 0)]
        #expect(instants.sorted().map(\.nanoseconds) == [.min, 0, 1, .max])
        #expect(!(Self.end < Self.end))
    }

    @Test(
        arguments: [
            (.zero, 0), (.milliseconds(-1500), -1_500_000_000), (.nanoseconds(1), 1),
            (.nanoseconds(-1), -1), (.nanoseconds(Int64.max), .max),
            (.nanoseconds(Int64.min), .min),
            (.nanoseconds(Int64.max) + .nanoseconds(1), .max),
            (.nanoseconds(Int64.min) - .nanoseconds(1), .min),
            (.seconds(9_223_372_036) + .nanoseconds(854_775_808), .max),
            (.seconds(-9_223_372_037), .min), (.seconds(9_223_372_037), .max),
            (.seconds(Int64.max), .max), (.seconds(Int64.min), .min),
            (Duration(secondsComponent: 0, attosecondsComponent: 999_999_999), 0),
            (Duration(secondsComponent: 0, attosecondsComponent: -1_000_000_000), -1),
        ] as [(Duration, Int64)])
    func durationsInNanosecondsSaturate(duration: Duration, nanoseconds: Int64) {
        #expect(duration.nanoseconds == nanoseconds)
    }

    @Test func isDescribedInSeconds() {
        #expect(Instant(nanoseconds: 1_500_000_000).description == "1.5 s")
    }
}

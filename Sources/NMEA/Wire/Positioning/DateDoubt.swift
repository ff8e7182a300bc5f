/// That a receiver's day may lie 1,024 weeks, or a multiple of them, in the past.
///
/// GPS counts its weeks in ten bits. A receiver that guesses the rest wrongly tells a day that is
/// 7,168 days too old, and everything else right.
public struct DateDoubt: Hashable, Sendable {
    /// What speaks for it; each is independent of the others.
    public struct Hints: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The system's clock shows the corrected day.
        public static let systemClock = Hints(rawValue: 1)
        /// The receiver knows a leap second that was not yet announced on its day.
        public static let leapSeconds = Hints(rawValue: 2)
        /// The day lies before the earliest one that is possible.
        public static let earliest = Hints(rawValue: 4)
    }

    /// How many weeks are missing: 1,024, 2,048 …
    public var weeks: Int
    public var hints: Hints
    /// Whether the weeks have been added: only when two hints agree.
    public var isCorrected: Bool

    public init(weeks: Int, hints: Hints, isCorrected: Bool) {
        self.weeks = weeks
        self.hints = hints
        self.isCorrected = isCorrected
    }
}

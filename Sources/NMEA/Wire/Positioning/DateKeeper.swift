// Most sentences have a time of day and no day. The day is carried on from the last sentence that
// had one, and changes where the time of day jumps by half a day: so midnight may fall between two
// sentences of one epoch, and GGA alone keeps the right day for weeks. A year that no receiver can
// mean is not taken, for all two-digit years that follow would be read by it.

/// Finds the day that belongs to a time of day.
struct DateKeeper {
    private var date: NMEADate?
    /// Of the day, in nanoseconds since midnight.
    private var time: Int64 = 0
    private var isReliable = false
    /// GPS began in 1980; so far before a day that is known the next century's years begin.
    private static let years = (first: 1980, last: 2199, back: 50)

    /// Takes a day from a sentence; one without a fix does not replace a better one.
    mutating func note(_ date: NMEADate, at time: NMEATime, isReliable: Bool) {
        guard isReliable || !self.isReliable, date.year >= Self.years.first,
            date.year <= Self.years.last
        else { return }
        (self.date, self.time, self.isReliable) = (date, time.sinceMidnight, isReliable)
    }

    /// Takes a day without its century.
    mutating func note(_ date: TwoDigitDate, at time: NMEATime, isReliable: Bool) {
        // A year that was written in full says more, if there was a fix.
        let known = self.isReliable ? self.date.map { Int($0.year) - Self.years.back } : nil
        let first = max(Self.years.first, known ?? 0)
        guard let full = date.date(from: first) else { return }
        note(full, at: time, isReliable: isReliable)
    }

    /// The day of a time of day; nil before any day came.
    func date(of time: NMEATime) -> NMEADate? {
        guard let date else { return nil }
        let ahead = time.sinceMidnight - self.time
        if ahead < -nanosecondsOfDay / 2 { return date.advanced(days: 1) }
        if ahead > nanosecondsOfDay / 2 { return date.advanced(days: -1) }
        return date
    }

    /// The time has moved on.
    mutating func pass(_ time: NMEATime) {
        guard let day = date(of: time) else { return }
        (date, self.time) = (day, time.sinceMidnight)
    }
}

// Most sentences have a time of day and no day. The day is carried on from the last sentence that
// had one, and changes where the time of day jumps by half a day: so midnight may fall between two
// sentences of one epoch, and GGA alone keeps the right day for weeks.

/// Finds the day that belongs to a time of day.
struct DateKeeper {
    private var date: NMEADate?
    /// Of the day, in nanoseconds since midnight.
    private var time: Int64 = 0
    private var isReliable = false

    /// Takes a day from a sentence; one without a fix does not replace a better one.
    mutating func note(_ date: NMEADate, at time: NMEATime, isReliable: Bool) {
        guard isReliable || !self.isReliable else { return }
        (self.date, self.time, self.isReliable) = (date, time.sinceMidnight, isReliable)
    }

    /// Takes a day without its century.
    mutating func note(_ date: TwoDigitDate, at time: NMEATime, isReliable: Bool) {
        // GPS began in 1980; a year that was written in full says more.
        let first = self.date.map { max(1980, Int($0.year) - 50) } ?? 1980
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

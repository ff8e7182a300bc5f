/// Looks for days that lie 1,024 weeks in the past.
struct RolloverCheck {
    private static let daysOfRollover = 1024 * 7
    private static let maximumRollovers = 3

    /// The earliest day that is possible, such as the one on which the program was built.
    var earliest: NMEADate? {
        didSet { known = nil }
    }
    /// GPS minus UTC as the receiver has it from the satellites.
    var leapSeconds: Int? {
        didSet { if leapSeconds != oldValue { known = nil } }
    }

    private struct Case: Equatable {
        var date: NMEADate
        var system: NMEADate?
    }
    /// The last case and its answer: it stays the same all day.
    private var known: (Case, NMEADate, DateDoubt?)?

    /// The receiver's day, corrected where two hints agree, and what there is to doubt.
    mutating func check(_ date: NMEADate, system: UTCTime?) -> (NMEADate, DateDoubt?) {
        let question = Case(date: date, system: system?.date)
        if let known, known.0 == question { return (known.1, known.2) }
        let (answer, doubt) = examine(question)
        known = (question, answer, doubt)
        return (answer, doubt)
    }

    private func examine(_ question: Case) -> (NMEADate, DateDoubt?) {
        var best: (date: NMEADate, doubt: DateDoubt)?
        for count in 1...Self.maximumRollovers {
            let days = count * Self.daysOfRollover
            guard let candidate = question.date.advanced(days: days) else { break }
            if isInFuture(candidate, question.system) { break }
            let hints = hints(question, candidate)
            let agreeing = hints.rawValue.nonzeroBitCount
            guard agreeing > (best?.doubt.hints.rawValue.nonzeroBitCount ?? 0) else { continue }
            best = (
                candidate,
                DateDoubt(weeks: count * 1024, hints: hints, isCorrected: agreeing >= 2)
            )
        }
        guard let best else { return (question.date, nil) }
        return (best.doubt.isCorrected ? best.date : question.date, best.doubt)
    }

    /// Whether a day lies beyond the system's, where the system's can be right: an old log that is
    /// replayed is no rollover.
    private func isInFuture(_ candidate: NMEADate, _ system: NMEADate?) -> Bool {
        guard let system, let earliest, system >= earliest else { return false }
        return candidate.daysSince1970 > system.daysSince1970 + 1
    }

    /// What speaks for a day instead of the receiver's.
    private func hints(_ question: Case, _ candidate: NMEADate) -> DateDoubt.Hints {
        var hints: DateDoubt.Hints = []
        if let system = question.system,
            abs(system.daysSince1970 - candidate.daysSince1970) <= 1
        {
            hints.insert(.systemClock)
        }
        if let leapSeconds,
            LeapSeconds.offset(onDay: question.date.daysSince1970) < leapSeconds,
            LeapSeconds.offset(onDay: candidate.daysSince1970) == leapSeconds
        {
            hints.insert(.leapSeconds)
        }
        if let earliest, question.date < earliest, candidate >= earliest {
            hints.insert(.earliest)
        }
        return hints
    }
}

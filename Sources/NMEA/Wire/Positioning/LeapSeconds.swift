/// How far GPS time is ahead of UTC.
///
/// Source: IERS Bulletin C; the last leap second was inserted at the end of 2016.
enum LeapSeconds {
    /// The days on which each further second began, in days since 1970: the place is the number
    /// of seconds less one.
    private static let beginnings: [Int] = [
        (1981, 7), (1982, 7), (1983, 7), (1985, 7), (1988, 1), (1990, 1), (1991, 1), (1992, 7),
        (1993, 7), (1994, 7), (1996, 1), (1997, 7), (1999, 1), (2006, 1), (2009, 1), (2012, 7),
        (2015, 7), (2017, 1),
    ].compactMap { NMEADate(year: $0, month: $1, day: 1)?.daysSince1970 }

    /// GPS minus UTC in whole seconds on a day.
    static func offset(onDay daysSince1970: Int) -> Int {
        beginnings.count { $0 <= daysSince1970 }
    }
}

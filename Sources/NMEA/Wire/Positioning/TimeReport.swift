/// The time that a receiver tells.
public struct TimeReport: Hashable, Sendable {
    /// The device that tells it, by the name that its assembler was given.
    public var device: String
    public var time: UTCTime
    /// The system time at which the sentence came.
    public var received: UTCTime?
    /// Whether the receiver had a fix when it last said so; without, its clock may run alone.
    public var isFromFix: Bool
    /// Whether the day may be wrong by a rollover of the week number.
    public var doubt: DateDoubt?
}

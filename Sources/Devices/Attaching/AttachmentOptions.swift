import FairleadEngine

/// How a device is attached.
public struct AttachmentOptions: Hashable, Sendable {
    /// The line's settings; nil: they are found out by listening.
    public var settings: SerialSettings?
    /// What is tried where they are to be found out.
    public var plan = SpeedPlan()
    /// Whether what arrives must be a receiver's: sentences, or UBX frames. Else any byte will do.
    public var expectsReceiver = true
    /// Silence, or the absence of anything valid, that is worth a word and another attempt.
    public var patience: Duration = .seconds(10)
    /// Between one look for a device that is not there and the next; changes are seen at once.
    public var interval: Duration = .milliseconds(250)
    /// The pauses after failures.
    public var backOff = BackOff(initial: .milliseconds(250), maximum: .seconds(30))

    public init(_ settings: SerialSettings? = nil) {
        self.settings = settings
    }
}

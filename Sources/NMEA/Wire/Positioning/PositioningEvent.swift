/// What a receiver says, one thing at a time.
public enum PositioningEvent: Hashable, Sendable {
    /// An epoch with a position.
    case position(Fix)
    /// An epoch in which the receiver says that it has no fix; the first one is the loss.
    case noFix(Fix)
    /// An epoch that says how it moves and not where it is.
    case movement(Fix)
    /// The satellites in view have changed.
    case satellites(Sky)
    /// The time of an epoch, with its first sentence: before the position.
    case time(TimeReport)
    /// Where the bow points; with each sentence that says so.
    case heading(Heading)
    /// More is known of the device.
    case identity(ReceiverIdentity)
}

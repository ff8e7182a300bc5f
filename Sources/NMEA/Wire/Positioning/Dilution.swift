/// Dilutions of precision: how much the satellites' places magnify errors of range.
public struct Dilution: Hashable, Sendable {
    public var horizontal: Double?
    public var vertical: Double?
    /// Of the position in three dimensions.
    public var position: Double?
    public var time: Double?
    /// Of position and time.
    public var geometric: Double?

    public init() {}

    /// Fills in what follows from the others: PDOP² = HDOP² + VDOP², GDOP² = PDOP² + TDOP².
    mutating func complete() {
        if position == nil, let horizontal, let vertical {
            position = (horizontal * horizontal + vertical * vertical).squareRoot()
        }
        if vertical == nil, let position, let horizontal, position > horizontal {
            vertical = (position * position - horizontal * horizontal).squareRoot()
        }
        if geometric == nil, let position, let time {
            geometric = (position * position + time * time).squareRoot()
        }
    }
}

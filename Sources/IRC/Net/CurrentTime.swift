import FairleadEngine
import FairleadIRCWire

/// The time of day, for what is told and never for a timer.
public func currentTime() -> Timestamp {
    Timestamp(milliseconds: WallClock.milliseconds())
}

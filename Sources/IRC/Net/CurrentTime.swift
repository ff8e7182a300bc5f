import FairleadEngine
import FairleadIRCWire

/// The time of day, for what is told and never for a timer.
public func currentTime() -> Timestamp {
    Timestamp(milliseconds: PosixKernel.wallClock() / 1_000_000)
}

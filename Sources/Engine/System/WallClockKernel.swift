import FairleadWire
import Glibc

/// The call of a kernel that tells the time of day.
public protocol WallClockKernel: AnyObject {
    /// Nanoseconds since the beginning of 1970, UTC: for data that people read, never for timers.
    func wallClock() -> Int64
}

extension Kernel {
    /// Where there is no calendar, the monotonic clock passes for one.
    public func wallClock() -> Int64 { now().nanoseconds }
}

extension PosixKernel {
    public func wallClock() -> Int64 { Self.wallClock() }

    /// The same for whoever has no kernel at hand, on any thread.
    public static func wallClock() -> Int64 {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return 0 }
        let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? 0 : seconds &+ Int64(time.tv_nsec)
    }
}

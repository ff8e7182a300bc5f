import CSystem
import FairleadWire

/// What is left until `deadline`, for a mechanism's wait: -1 for ever, 0 at once.
@inline(__always)
func nanoseconds(until deadline: Instant?) -> Int64 {
    guard let deadline else { return -1 }
    if deadline == .distantFuture { return -1 }
    let (left, overflow) = deadline.nanoseconds.subtractingReportingOverflow(fl_monotonic())
    return overflow ? 0 : max(left, 0)
}

/// The same in whole milliseconds, rounded up so that no deadline is early.
func milliseconds(until deadline: Instant?) -> Int32 {
    let left = nanoseconds(until: deadline)
    if left < 0 { return -1 }
    let rounded = left / 1_000_000 + (left % 1_000_000 == 0 ? 0 : 1)
    return Int32(clamping: rounded)
}

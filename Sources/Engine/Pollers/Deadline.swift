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

import FairleadEngine
import FairleadNMEAWire

extension UTCTime {
    /// The system's time; nil beyond the year 2262.
    public static var now: UTCTime? { UTCTime(nanosecondsSince1970: PosixKernel.wallClock()) }
}

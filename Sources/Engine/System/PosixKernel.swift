// The machine's own kernel: bytes, time and pollers here, sockets in PosixKernel+Sockets.swift.
// It does what it is asked and keeps count of what is open; it must never retry, wait or decide.
// Two of the named files that may say `unsafe`.
import CSystem
import FairleadWire
import Glibc

/// The system calls of the machine that we run on.
public final class PosixKernel: Kernel {
    /// How many descriptors this kernel object has opened and not yet closed.
    public internal(set) var openDescriptors = 0
    /// Where the kernel says that it had to give something else than what was asked for.
    public var log: LogHandler = logToStandardError

    public init() {
        // A peer that has gone is an answer of write (EPIPE), not the end of the process.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    public var workerKernel: (@Sendable () -> any Kernel)? { { PosixKernel() } }

    public func now() -> Instant { Instant(nanoseconds: fl_monotonic()) }
    public func coarseNow() -> Instant { Instant(nanoseconds: fl_monotonic_coarse()) }

    public func read(_ descriptor: Int32, into buffer: inout MutableSpan<UInt8>) -> SystemResult {
        unsafe buffer.withUnsafeMutableBytes { raw in
            unsafe SystemResult(Int(fl_read(descriptor, raw.baseAddress, raw.count)))
        }
    }

    public func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> SystemResult {
        unsafe bytes.withUnsafeBytes { raw in
            unsafe SystemResult(Int(fl_write(descriptor, raw.baseAddress, raw.count)))
        }
    }

    /// At most this many chunks go into one gathering write.
    private static let gatherLimit = 64

    public func write(
        _ descriptor: Int32, gathering chunks: ArraySlice<[UInt8]>, skipping: Int
    ) -> SystemResult {
        let count = min(chunks.count, Self.gatherLimit)
        return unsafe withUnsafeTemporaryAllocation(of: iovec.self, capacity: count) { vectors in
            var skip = skipping
            for (index, chunk) in chunks.prefix(count).enumerated() {
                // The arrays live in the caller's slice for the whole call: their storage stays.
                unsafe chunk.withUnsafeBytes { raw in
                    let start = unsafe UnsafeMutableRawPointer(mutating: raw.baseAddress)
                    unsafe vectors[index] = iovec(
                        iov_base: start.map { unsafe $0 + skip }, iov_len: raw.count - skip)
                }
                skip = 0
            }
            return unsafe SystemResult(
                Int(fl_writev(descriptor, vectors.baseAddress, Int32(count))))
        }
    }

    public func close(_ descriptor: Int32) {
        openDescriptors -= 1
        _ = fl_close(descriptor)
    }

    public func makePoller(_ backend: Backend) throws(SystemError) -> any Poller {
        try backend.makePoller(log: log)
    }

    /// Counts a descriptor that a call has opened.
    func opened(_ result: Int32) -> SystemResult {
        if result >= 0 { openDescriptors += 1 }
        return SystemResult(result)
    }

    public func adopt(_ descriptor: Int32) { openDescriptors += 1 }

    /// Gives responsibility for an open descriptor to someone else.
    public func disown(_ descriptor: Int32) { openDescriptors -= 1 }
}

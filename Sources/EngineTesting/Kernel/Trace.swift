import FairleadEngine
import FairleadWire

/// What a simulated kernel was asked and what it answered: the newest entries, and a digest of all.
///
/// Two runs of one seed have the same digest, or something in them depends on chance.
public struct Trace {
    /// Which call it was; the name is that of the system call, more or less.
    public enum Call: UInt8, Sendable {
        case read, write, close, socket, bind, listen, accept, connect, shutdown
        case getsockopt, setsockopt, getsockname, getpeername
        case sendmsg, recvmsg, sendto, recvfrom, errqueue
        case unlink, chmod
        case watch, rewatch, unwatch, wait
    }

    /// One call.
    public struct Entry: CustomStringConvertible {
        public let time: Instant
        public let call: Call
        public let descriptor: Int32
        public let argument: Int
        public let result: Int

        /// `1.000250 read(5, 4096) = -11 EAGAIN`.
        public var description: String {
            let micros = time.nanoseconds / 1000
            let fraction = String(1_000_000 + micros % 1_000_000).dropFirst()
            let name = result < 0 ? " " + SystemError.name(of: Int32(clamping: -result)) : ""
            return "\(micros / 1_000_000).\(fraction) \(call)(\(descriptor), \(argument))"
                + " = \(result)\(name)"
        }
    }

    /// A number over every entry so far, also those that are not kept (FNV-1a).
    public private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    /// Calls so far.
    public private(set) var count = 0
    /// Entries that are kept.
    public let capacity: Int

    private var entries: [Entry] = []
    private var oldest = 0

    public init(capacity: Int = 2000) {
        self.capacity = max(capacity, 1)
    }

    /// The kept entries, oldest first.
    public var newest: [Entry] { Array(entries[oldest...] + entries[..<oldest]) }

    /// The last `count` entries as text, one a line.
    public func tail(_ count: Int) -> String {
        newest.suffix(max(count, 0)).map(\.description).joined(separator: "\n")
    }

    mutating func record(_ entry: Entry) {
        count += 1
        mix(UInt64(bitPattern: entry.time.nanoseconds))
        let call = UInt64(entry.call.rawValue) << 32
        mix(call | UInt64(UInt32(bitPattern: entry.descriptor)))
        mix(UInt64(bitPattern: Int64(entry.argument)))
        mix(UInt64(bitPattern: Int64(entry.result)))
        if entries.count < capacity {
            entries.append(entry)
        } else {
            entries[oldest] = entry
            oldest = (oldest + 1) % capacity
        }
    }

    private mutating func mix(_ value: UInt64) {
        digest = (digest ^ value) &* 0x100_0000_01B3
    }
}

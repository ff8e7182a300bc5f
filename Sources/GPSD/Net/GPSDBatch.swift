import FairleadGPSDWire

/// What is said to clients in one turn of the reactor.
///
/// An epoch is a sky, a position and its errors: in one write they cost one system call and wake
/// the client once.
struct GPSDBatch {
    /// Who gets a part.
    enum Audience {
        case reports
        case sentences
        case pulses
    }

    private struct Part {
        let path: String
        let bytes: [UInt8]
        let audience: Audience

        func isFor(_ watch: Watch) -> Bool {
            guard watch.enable, watch.includes(path) else { return false }
            return switch audience {
            case .reports: watch.json
            case .sentences: watch.nmea || watch.raw > 0
            case .pulses: watch.pps
            }
        }
    }

    private var parts: [Part] = []
    private var count = 0
    /// For each watch that was asked for, and the one that was asked for last.
    private var made: [Watch: [UInt8]] = [:]
    private var last: (watch: Watch, bytes: [UInt8])?

    /// What is gathered at most before it is sent: less than a client's queue holds.
    private static let limit = 16 * 1024

    var isEmpty: Bool { parts.isEmpty }
    var isFull: Bool { count >= Self.limit }

    mutating func append(_ bytes: [UInt8], of path: String, to audience: Audience) {
        parts.append(Part(path: path, bytes: bytes, audience: audience))
        count += bytes.count
    }

    /// Everything that a client wants; nothing more may be appended after that.
    mutating func bytes(for watch: Watch) -> [UInt8] {
        if let last, last.watch == watch { return last.bytes }
        let bytes = made[watch] ?? gather(watch)
        made[watch] = bytes
        last = (watch, bytes)
        return bytes
    }

    private func gather(_ watch: Watch) -> [UInt8] {
        let wanted = parts.filter { $0.isFor(watch) }
        if wanted.count == 1 { return wanted[0].bytes }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(wanted.reduce(0) { $0 + $1.bytes.count })
        for part in wanted { bytes += part.bytes }
        return bytes
    }
}

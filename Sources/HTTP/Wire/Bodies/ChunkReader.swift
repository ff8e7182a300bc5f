// Chunks (RFC 9112, 7.1), a byte at a time but for the data. Sizes are hexadecimal digits and
// nothing else, at most 16; extensions follow their grammar and are bounded in sum, because they
// cost the sender four bytes for each that we must read (CVE-2023-39326); every line ends with
// CR LF. Trailers are read as heads are, and may not say anything about the frame.
import FairleadWire

/// Reads a chunked body; a class, so that a connection without one carries only a reference.
final class ChunkReader {
    private enum State {
        case size
        case extensionName(isFirst: Bool)
        case extensionValue(isFirst: Bool)
        case quoted
        case quotedPair
        case quotedEnd
        case sizeLF
        case data
        case dataCR
        case dataLF
        case trailers
        case done
    }

    private var state = State.size
    private var size: UInt64 = 0
    private var digits = 0
    private var extensionBytes = 0
    private var left = 0
    private let extensionLimit: Int
    private var trailerReader: HeadReader

    init(_ limits: HTTPLimits) {
        extensionLimit = limits.chunkExtensions
        trailerReader = HeadReader(.trailers, limits)
    }

    /// The trailers, when the end was reached.
    var trailers: HeadBlock { trailerReader.block }

    /// The next piece of data, or the end; `place` moves on.
    func step(_ bytes: Span<UInt8>, _ place: inout Int) throws(HTTPFault) -> ParserStep {
        while place < bytes.count {
            switch state {
            case .data:
                let count = min(left, bytes.count - place)
                let range = place..<place + count
                place += count
                left -= count
                if left == 0 { state = .dataCR }
                return .data(range)
            case .trailers:
                var lines = TrailerLines()
                guard try trailerReader.read(bytes, &place, &lines) else { return .needsMore }
                state = .done
                return .end
            case .done: return .end
            default:
                try take(bytes[place])
                place += 1
            }
        }
        return .needsMore
    }

    private func take(_ byte: UInt8) throws(HTTPFault) {
        switch state {
        case .size: try takeSize(byte)
        case .sizeLF:
            try expect(byte, 0x0A)
            try beginChunk()
        case .dataCR:
            try expect(byte, 0x0D)
            state = .dataLF
        case .dataLF:
            try expect(byte, 0x0A)
            state = .size
        default: try takeExtension(byte)
        }
    }

    private func expect(_ byte: UInt8, _ wanted: UInt8) throws(HTTPFault) {
        if byte != wanted { throw .remote(400, "a chunk without CR LF at its end") }
    }

    private func takeSize(_ byte: UInt8) throws(HTTPFault) {
        if let digit = hexadecimalDigit(byte) {
            digits += 1
            guard digits <= 16, size >> 58 == 0 else {
                throw .remote(400, "a chunk beyond all sizes")
            }
            size = size << 4 | UInt64(digit)
            return
        }
        guard digits > 0 else { throw .remote(400, "a chunk size that is no number") }
        switch byte {
        case 0x0D: state = .sizeLF
        case UInt8(ascii: ";"): try beginExtension()
        default: throw .remote(400, "a chunk size that is no number")
        }
    }

    private func beginExtension() throws(HTTPFault) {
        try countExtension()
        state = .extensionName(isFirst: true)
    }

    private func countExtension() throws(HTTPFault) {
        extensionBytes += 1
        if extensionBytes > extensionLimit {
            throw .remote(400, "chunk extensions above \(extensionLimit) bytes")
        }
    }

    private func takeExtension(_ byte: UInt8) throws(HTTPFault) {
        try countExtension()
        switch state {
        case .extensionName(let isFirst):
            if ByteClass.isToken(byte) {
                state = .extensionName(isFirst: false)
            } else if !isFirst, byte == UInt8(ascii: "=") {
                state = .extensionValue(isFirst: true)
            } else {
                try endExtension(byte, isComplete: !isFirst)
            }
        case .extensionValue(let isFirst):
            if ByteClass.isToken(byte) {
                state = .extensionValue(isFirst: false)
            } else if isFirst, byte == UInt8(ascii: "\"") {
                state = .quoted
            } else {
                try endExtension(byte, isComplete: !isFirst)
            }
        case .quoted, .quotedPair: try takeQuoted(byte)
        default: try endExtension(byte, isComplete: true)
        }
    }

    private func takeQuoted(_ byte: UInt8) throws(HTTPFault) {
        guard ByteClass.isValue(byte) else {
            throw .remote(400, "a control character in a chunk extension")
        }
        if case .quotedPair = state {
            state = .quoted
        } else if byte == UInt8(ascii: "\"") {
            state = .quotedEnd
        } else if byte == UInt8(ascii: "\\") {
            state = .quotedPair
        }
    }

    private func endExtension(_ byte: UInt8, isComplete: Bool) throws(HTTPFault) {
        switch byte {
        case 0x0D where isComplete: state = .sizeLF
        case UInt8(ascii: ";") where isComplete: state = .extensionName(isFirst: true)
        default: throw .remote(400, "a chunk extension that is none")
        }
    }

    private func beginChunk() throws(HTTPFault) {
        guard let count = Int(exactly: size) else {
            throw .remote(400, "a chunk beyond all sizes")
        }
        left = count
        size = 0
        digits = 0
        state = count > 0 ? .data : .trailers
    }
}

/// Trailers must not change what was decided by the head (RFC 9110, 6.5.1).
private struct TrailerLines: HeadLines {
    private static let forbidden = [
        "content-length", "transfer-encoding", "host", "connection", "trailer", "te", "upgrade",
        "content-encoding", "content-range", "content-type", "authorization", "cookie", "expect",
    ]

    mutating func startLine(_ head: Span<UInt8>, _ start: Int, _ end: Int) throws(HTTPFault) {}

    mutating func field(
        _ head: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
    ) throws(HTTPFault) {
        for word in Self.forbidden where head.equals(word, name.lowerBound, name.upperBound) {
            throw .remote(400, "\(word) among the trailers")
        }
    }

    mutating func headEnded(_ head: Span<UInt8>) throws(HTTPFault) {}
}

// What a connection still has to send. Small copies are gathered into chunks of 16 KiB; shared
// payloads stay references. Consumed chunks leave from the front: under back-pressure nothing is
// ever copied twice. The queue knows bytes and its limit; it must never make a system call.
import FairleadWire

/// The bytes that wait to be sent on one connection, within a limit.
final class WriteQueue {
    /// What became of a write.
    enum Outcome {
        case queued
        case dropped
        case overLimit
    }

    var limits: WriteLimits
    /// Bytes waiting.
    private(set) var count = 0
    /// Bytes thrown away by the policies drop and conflate.
    private(set) var droppedBytes = 0

    private var chunks: [[UInt8]] = []
    private var head = 0
    /// Bytes of the first chunk that are sent already.
    private(set) var sent = 0
    /// Whether the first chunk is the rest of a write of which a part is sent.
    private var hasBegun = false
    /// Whether the last chunk is a copy of ours that may grow.
    private var tailGrows = false

    private static let chunkSize = 16 * 1024

    init(limits: WriteLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { count == 0 }

    /// The waiting chunks; the first from `sent` on.
    var waiting: ArraySlice<[UInt8]> { chunks[head...] }

    /// Queues a copy of `bytes`; `hasBegun` when they are the rest of a write that is partly sent.
    func append(copying bytes: Span<UInt8>, hasBegun: Bool = false) -> Outcome {
        let verdict = makeRoom(for: bytes.count)
        guard verdict == .queued else { return verdict }
        count += bytes.count
        if hasBegun, head == chunks.count { self.hasBegun = true }
        let last = chunks.count - 1
        if tailGrows, last >= head, chunks[last].count + bytes.count <= Self.chunkSize {
            chunks[last].append(copying: bytes)
        } else {
            chunks.append([UInt8](copying: bytes))
            tailGrows = limits.policy != .conflate
        }
        return .queued
    }

    /// Queues a reference to `bytes`, whose first `skipping` bytes are sent already.
    func append(shared bytes: [UInt8], skipping: Int) -> Outcome {
        let size = bytes.count - skipping
        let verdict = makeRoom(for: size)
        guard verdict == .queued else { return verdict }
        count += size
        // Only the first chunk can be partly sent: there is one offset.
        if head == chunks.count {
            sent = skipping
            chunks.append(bytes)
        } else {
            chunks.append(skipping == 0 ? bytes : Array(bytes[skipping...]))
        }
        tailGrows = false
        return .queued
    }

    /// Takes `written` bytes off the front.
    func advance(by written: Int) {
        var left = min(written, count)
        count -= left
        while left > 0 {
            let size = chunks[head].count - sent
            if left < size {
                sent += left
                return
            }
            left -= size
            sent = 0
            hasBegun = false
            chunks[head] = []
            head += 1
        }
        compact()
    }

    func removeAll() {
        count = 0
        chunks = []
        head = 0
        sent = 0
        hasBegun = false
        tailGrows = false
    }

    private func compact() {
        if head == chunks.count {
            chunks.removeAll(keepingCapacity: chunks.capacity <= 64)
            head = 0
            tailGrows = false
        } else if head > 64, head > chunks.count / 2 {
            chunks.removeFirst(head)
            head = 0
        }
    }

    private func makeRoom(for size: Int) -> Outcome {
        if size <= limits.maximum - count { return .queued }
        switch limits.policy {
        case .disconnect: return .overLimit
        case .drop: break
        case .conflate:
            dropUnsent()
            if size <= limits.maximum - count { return .queued }
        }
        droppedBytes += size
        return .dropped
    }

    /// Drops every chunk of which no byte is sent: a message is sent whole or not at all.
    private func dropUnsent() {
        let first = sent > 0 || hasBegun ? head + 1 : head
        for chunk in chunks[first...] {
            count -= chunk.count
            droppedBytes += chunk.count
        }
        chunks.removeSubrange(first...)
        tailGrows = false
        compact()
    }
}

import FairleadEngine

/// What a memory transport still has to send: whole writes, within a limit, under the three
/// policies of `WriteLimits`.
struct MemoryOutbox {
    var limits: WriteLimits
    private(set) var count = 0
    private var writes: [[UInt8]] = []
    /// Whether a part of the first write is sent already.
    private var firstHasBegun = false

    init(limits: WriteLimits) {
        self.limits = limits
    }

    var isEmpty: Bool { count == 0 }

    /// Queues a write; false when the policy is to disconnect and the limit is passed.
    ///
    /// - Parameter room: what will leave at once, which does not count.
    mutating func append(_ bytes: [UInt8], room: Int) -> Bool {
        let leaves = isEmpty ? min(room, bytes.count) : 0
        if count + bytes.count - leaves > limits.maximum {
            switch limits.policy {
            case .disconnect: return false
            case .drop: return true
            case .conflate:
                let kept = firstHasBegun ? writes.first?.count ?? 0 : 0
                if kept + bytes.count > limits.maximum { return true }
                writes.removeSubrange((firstHasBegun ? 1 : 0)...)
                count = kept
            }
        }
        writes.append(bytes)
        count += bytes.count
        return true
    }

    /// Takes at most `limit` bytes of the first write.
    mutating func take(atMost limit: Int) -> [UInt8] {
        guard let first = writes.first else { return [] }
        if first.count <= limit {
            writes.removeFirst()
            firstHasBegun = false
            count -= first.count
            return first
        }
        writes[0].removeFirst(limit)
        firstHasBegun = true
        count -= limit
        return Array(first.prefix(limit))
    }

    mutating func removeAll() {
        writes = []
        count = 0
        firstHasBegun = false
    }
}

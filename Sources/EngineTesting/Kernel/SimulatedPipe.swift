import FairleadEngine
import FairleadWire

/// One direction of a simulated connection: bytes that travel and bytes that have arrived.
final class SimulatedPipe {
    let capacity: Int
    /// Bytes that have arrived and are not read yet.
    private(set) var arrived = 0
    /// Whether the end of the stream has arrived.
    var hasEnded = false
    /// Whether nobody will read any more.
    var readerIsGone = false
    /// Nothing overtakes anything: the latest arrival that is planned.
    var lastArrival = Instant(nanoseconds: .min)
    /// Arrivals that are planned.
    var underway = 0
    /// Changes when what is under way is lost.
    private(set) var epoch = 0
    /// Descriptors that travel with the byte of this position in the stream.
    private var passengers: [(position: Int, files: [SimulatedFile])] = []

    private var bytes: [UInt8] = []
    private var head = 0
    private var position = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    private var count: Int { bytes.count - head }
    var free: Int { capacity - count }

    /// Puts bytes on their way; gives how many there was room for.
    func send(_ chunk: Span<UInt8>) -> Int {
        let size = min(chunk.count, free)
        bytes.append(copying: chunk.extracting(first: size))
        return size
    }

    /// Sends descriptors along with the byte that is sent next.
    func send(_ files: [SimulatedFile]) {
        passengers.append((position + count, files))
    }

    /// `size` bytes have arrived.
    func arrive(_ size: Int) { arrived = min(arrived + size, count) }

    /// What is under way is lost.
    func dropUnderway() {
        epoch += 1
        bytes.removeLast(count - arrived)
    }

    /// Nobody reads any more: what has arrived is lost.
    func dropArrived() { discard(arrived) }

    /// Moves at most `limit` arrived bytes into the buffer.
    func receive(into buffer: inout MutableSpan<UInt8>, atMost limit: Int) -> Int {
        let size = min(arrived, limit, buffer.count)
        buffer.fill(copying: bytes.span.extracting(head..<head + size))
        discard(size)
        return size
    }

    /// Takes the descriptors that came with the bytes read so far.
    func takePassengers() -> [SimulatedFile] {
        let taken = passengers.prefix { $0.position < position }.flatMap(\.files)
        passengers.removeAll { $0.position < position }
        return taken
    }

    /// Takes every descriptor that is under way.
    func takeAllPassengers() -> [SimulatedFile] {
        defer { passengers = [] }
        return passengers.flatMap(\.files)
    }

    private func discard(_ size: Int) {
        arrived -= size
        head += size
        position += size
        if head == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64 * 1024, head > bytes.count / 2 {
            bytes.removeFirst(head)
            head = 0
        }
    }
}

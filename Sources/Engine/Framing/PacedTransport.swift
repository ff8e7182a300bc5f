// A chunk may hold many lines, and the protocol that gets them may pause or close after any of
// them. Between the transport and such a protocol stands this one: it hands out a chunk piece by
// piece for as long as more is wanted, holds what is left while reading is paused, and asks the
// carrier for more only when nothing is held any more; so it never holds much more than a chunk.
// After `close` or `abort` nothing is handed out. It must never know what a piece is.
import FairleadWire

/// A transport that hands its protocol the bytes of a chunk piece by piece.
public class PacedTransport: TransportWrapper {
    /// Whether the protocol wants more now.
    final var takesMore: Bool { !isPaused && !isOver }
    /// Whether the connection is closed or lost: nothing more is handed out.
    private(set) final var isOver = false

    private var isPaused = false
    private var held: [UInt8] = []
    private var holdsEnd = false
    private var isPosted = false

    /// Bytes that have arrived and wait until reading is resumed.
    public final var heldBytes: Int { held.count }

    // MARK: What a kind of pieces overrides

    /// Hands out pieces while `takesMore`; gives how many bytes are used up.
    func consume(_ bytes: Span<UInt8>) throws -> Int { bytes.count }
    /// Tells that the peer will send nothing more.
    func consumeEnd() throws {}

    // MARK: What the carrier's protocol calls

    final func feed(_ bytes: Span<UInt8>) throws {
        if isOver { return }
        if isPaused || !held.isEmpty {
            // Somebody else resumed the carrier.
            held.append(copying: bytes)
            return carrier.pauseReading()
        }
        let used = try consume(bytes)
        if used < bytes.count, !isOver {
            held = [UInt8](copying: bytes.extracting(droppingFirst: used))
        }
    }

    final func feedEnd() throws {
        if isOver { return }
        if isPaused || !held.isEmpty {
            holdsEnd = true
        } else {
            try consumeEnd()
        }
    }

    /// The connection is lost.
    final func finish() {
        isOver = true
        held = []
    }

    // MARK: What the protocol calls

    public final override func pauseReading() {
        isPaused = true
        carrier.pauseReading()
    }

    public final override func resumeReading() {
        guard isPaused else { return }
        isPaused = false
        if held.isEmpty, !holdsEnd { return carrier.resumeReading() }
        if isPosted { return }
        isPosted = true
        reactor.later { [self] in
            isPosted = false
            deliverHeld()
        }
    }

    public final override func close() {
        isOver = true
        carrier.close()
    }

    public final override func abort() {
        isOver = true
        carrier.abort()
    }

    public final override func abort(_ reason: Disconnect) {
        isOver = true
        carrier.abort(reason)
    }

    private func deliverHeld() {
        guard takesMore else { return }
        var bytes: [UInt8] = []
        swap(&bytes, &held)
        do {
            let used = try consume(bytes.span)
            if isOver { return }
            if used < bytes.count {
                held = Array(bytes[used...]) + held
            } else if takesMore, holdsEnd {
                holdsEnd = false
                try consumeEnd()
            }
            if takesMore { carrier.resumeReading() }
        } catch {
            abort(Disconnect(thrown: error))
        }
    }
}

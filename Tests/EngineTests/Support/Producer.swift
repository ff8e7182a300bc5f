import FairleadEngine

/// Sends the test pattern through a recorder's transport as fast as flow control allows, then
/// ends that direction.
final class Producer {
    /// The most bytes that were ever queued.
    private(set) var peak = 0
    private let size: Int
    private let piece: Int
    private var sent = 0

    init(_ recorder: Recorder, size: Int, piece: Int = 50_000) {
        self.size = size
        self.piece = piece
        recorder.onReady = { [unowned self] in pump($0) }
    }

    func pump(_ transport: any Transport) {
        while sent < size, !transport.isWriteBlocked {
            let count = min(piece, size - sent)
            let bytes = Pattern.bytes(from: sent, count: count)
            if sent % 2 == 0 { transport.write(bytes.span) } else { transport.write(shared: bytes) }
            sent += count
            peak = max(peak, transport.queuedBytes)
        }
        if sent == size { transport.closeWrite() }
    }
}

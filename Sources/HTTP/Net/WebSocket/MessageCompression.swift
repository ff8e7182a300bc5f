import FairleadHTTPWire
import FairleadWire

/// Compresses and decompresses the messages of one WebSocket, as it was agreed upon.
///
/// Nothing is allocated before it is needed; a side that forgets keeps nothing between messages.
final class MessageCompression {
    let agreed: WebSocketDeflate
    private let role: WebSocketRole
    private var compressor: Compressor?
    private var decompressor: Decompressor?

    init(_ agreed: WebSocketDeflate, _ role: WebSocketRole) {
        self.agreed = agreed
        self.role = role
    }

    private var weForget: Bool { role == .server ? agreed.serverForgets : agreed.clientForgets }
    private var peerForgets: Bool { role == .server ? agreed.clientForgets : agreed.serverForgets }
    private var windowBits: Int {
        role == .server ? agreed.serverWindowBits : agreed.clientWindowBits
    }

    /// The compressed form of a message; nil where it goes as it is.
    func compress(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= max(agreed.smallest, 1) else { return nil }
        let compressor = compressor ?? Compressor(.raw(windowBits: windowBits))
        self.compressor = weForget ? nil : compressor
        guard var small = compressor?.compress(bytes, .sync), small.count >= 4 else {
            self.compressor = nil
            return nil
        }
        small.removeLast(4)
        // What refers to what was said before must go as it is compressed, longer or not.
        return weForget && small.count >= bytes.count ? nil : small
    }

    /// A message of at most `limit` bytes.
    func decompress(_ bytes: [UInt8], upTo limit: Int) throws(Decompressor.Fault) -> [UInt8] {
        let decompressor = decompressor ?? Decompressor()
        self.decompressor = peerForgets ? nil : decompressor
        guard let decompressor else { throw .tooLong }
        return try decompressor.decompress(bytes, upTo: limit)
    }
}

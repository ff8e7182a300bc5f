// One line on its way to any number of users. Its bytes are made once for each set of tags that
// a receiver wants, and every receiver's queue shares them.
import FairleadIRCWire
import FairleadWire

/// A message of the server to one or many, encoded once per kind of receiver.
final class Announcement {
    let message: IRCMessage
    private let time: Timestamp
    private let account: String?
    /// Why the message cannot be written, where it cannot: a fault of ours.
    private(set) var failure: ProtocolError?
    private var lines: [(tagging: ServerCapabilities, bytes: [UInt8])] = []

    /// - Parameter account: whose words these are, where the sender is logged in.
    init(_ message: IRCMessage, at time: Timestamp, account: String? = nil) {
        self.message = message
        self.time = time
        self.account = account
    }

    /// The line for a receiver; empty where the message cannot be written, or means nothing to it.
    func bytes(for capabilities: ServerCapabilities) -> [UInt8] {
        let tagging = capabilities.intersection(.tagging)
        if let line = lines.first(where: { $0.tagging == tagging }) { return line.bytes }
        let bytes = encode(tagging)
        lines.append((tagging, bytes))
        return bytes
    }

    private func encode(_ tagging: ServerCapabilities) -> [UInt8] {
        var line = message
        line.tags = MessageTags()
        if tagging.contains(.messageTags) {
            line.tags = message.tags.clientOnly
        } else if message.command == .tagmsg {
            return []
        }
        if tagging.contains(.serverTime) { line.tags["time"] = time.description }
        if tagging.contains(.accountTag), let account { line.tags["account"] = account }
        do { return try IRCWriter.encode(line) } catch {
            failure = error
            return []
        }
    }
}

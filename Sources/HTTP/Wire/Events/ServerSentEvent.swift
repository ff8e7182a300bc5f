// Server-sent events (HTML standard, 9.2). An event is encoded once for all who hear it. A line
// end within a field would begin another field: in data it becomes one more data line, as the
// format means it to; an id or a name with one is not sent.

/// One event of an event stream.
public struct ServerSentEvent: Hashable, Sendable {
    /// The name of the event; `message` to the receiver when it is empty.
    public var name: String
    public var data: String
    /// What a receiver says as Last-Event-ID when it comes back; nil leaves it as it was.
    public var id: String?
    /// How long a receiver waits before it comes back, in milliseconds.
    public var retry: Int?

    public init(_ data: String, name: String = "", id: String? = nil, retry: Int? = nil) {
        self.data = data
        self.name = name
        self.id = id
        self.retry = retry
    }

    /// The event as it goes over the wire.
    public var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(data.utf8.count + 32)
        if !name.isEmpty { Self.append("event: ", name, to: &out) }
        if let id { Self.append("id: ", id, to: &out) }
        if let retry, retry >= 0 {
            out.append(text: "retry: ")
            out.append(decimal: retry)
            out.append(0x0A)
        }
        appendData(to: &out)
        out.append(0x0A)
        return out
    }

    /// A line that receivers pass over: keeps proxies from giving the stream up.
    public static let heartbeat: [UInt8] = Array(":\n\n".utf8)

    private static func append(_ field: String, _ value: String, to out: inout [UInt8]) {
        if value.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) { return }
        out.append(text: field)
        out.append(text: value)
        out.append(0x0A)
    }

    private func appendData(to out: inout [UInt8]) {
        out.append(text: "data: ")
        var previous: UInt8 = 0
        for byte in data.utf8 {
            if byte == 0x0A, previous == 0x0D {
                // The second half of a line end.
            } else if byte == 0x0A || byte == 0x0D {
                out.append(text: "\ndata: ")
            } else {
                out.append(byte)
            }
            previous = byte
        }
        out.append(0x0A)
    }
}

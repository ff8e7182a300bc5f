// The receiver's side of an event stream, by the letter of the HTML standard, 9.2.6: lines end
// with CR, LF or both, in any cut; an event without data is none; the id stays until another
// comes. Lines and events are bounded: one that is too long is dropped, and counted.
import FairleadWire

/// Reads an event stream.
public struct EventStreamParser {
    /// The last id that was given.
    public private(set) var lastEventID = ""
    /// The time that the server wants a client to wait, in milliseconds; nil until it says so.
    public private(set) var retry: Int?
    /// Events that were dropped because they were too long.
    public private(set) var droppedCount = 0
    /// Bytes of the longest event.
    public let maximum: Int

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name = ""
    private var pendingID = ""
    private var isTooLong = false
    private var endedWithCR = false
    private var isFirst = true

    public init(maximum: Int = 1024 * 1024) { self.maximum = max(maximum, 16) }

    /// Takes a chunk and calls `deliver` with each event.
    public mutating func feed(
        _ bytes: Span<UInt8>, _ deliver: (ServerSentEvent) throws -> Void
    ) rethrows {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == 0x0A, endedWithCR {
                endedWithCR = false
                continue
            }
            endedWithCR = byte == 0x0D
            if byte == 0x0A || byte == 0x0D {
                try endLine(deliver)
            } else if line.count + data.count < maximum {
                line.append(byte)
            } else {
                isTooLong = true
            }
        }
    }

    private mutating func endLine(_ deliver: (ServerSentEvent) throws -> Void) rethrows {
        defer { line.removeAll(keepingCapacity: line.capacity <= 4096) }
        if isFirst {
            isFirst = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty { return try endEvent(deliver) }
        if line[0] == UInt8(ascii: ":") { return }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        var value = line.dropFirst(colon + 1)
        if value.first == 0x20 { value = value.dropFirst() }
        take(String(decoding: line[..<colon], as: UTF8.self), value)
    }

    private mutating func take(_ field: String, _ value: ArraySlice<UInt8>) {
        switch field {
        case "event": name = String(decoding: value, as: UTF8.self)
        case "data":
            if hasData { data.append(0x0A) }
            hasData = true
            data += value
        case "id": if !value.contains(0) { pendingID = String(decoding: value, as: UTF8.self) }
        case "retry":
            if let number = decimalNumber(value, atMost: 86_400_000) { retry = Int(number) }
        default: break
        }
    }

    private mutating func endEvent(_ deliver: (ServerSentEvent) throws -> Void) rethrows {
        lastEventID = pendingID
        let event = ServerSentEvent(
            String(decoding: data, as: UTF8.self), name: name, id: lastEventID)
        let isWhole = hasData && !isTooLong
        if isTooLong { droppedCount += 1 }
        data.removeAll(keepingCapacity: data.capacity <= 4096)
        hasData = false
        name = ""
        isTooLong = false
        if isWhole { try deliver(event) }
    }
}

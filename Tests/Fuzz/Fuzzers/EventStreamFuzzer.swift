// Any bytes in any cut give the same events, and an event that is written is read as it was.
import FairleadHTTPWire
import FairleadWire

/// Event streams.
enum EventStreamFuzzer: Fuzzer {
    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let maximum = [16, 64, 4096][input.choice(of: 3)]
        let readings = input.cuts().map { read($0, maximum) }
        if let wrong = disagreement(readings) { return wrong }
        let data = input.text.split(omittingEmptySubsequences: false) {
            $0.unicodeScalars.contains { $0 == "\r" || $0 == "\n" }
        }.joined(separator: "\n")
        let event = ServerSentEvent(data, id: "")
        let again = read([event.bytes], .max / 2)
        return again == [event] ? nil : "\(again) is not \(event)"
    }

    private static func read(_ chunks: [[UInt8]], _ maximum: Int) -> [ServerSentEvent] {
        var parser = EventStreamParser(maximum: maximum)
        var events: [ServerSentEvent] = []
        for chunk in chunks { parser.feed(chunk.span) { events.append($0) } }
        return events
    }
}

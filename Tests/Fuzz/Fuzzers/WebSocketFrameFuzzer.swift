// Any bytes in any cut give the same events and the same fault, within the limits; what is written
// is read again as it was, by the other side.
import FairleadHTTPWire
import FairleadWire

/// WebSocket frames out of any stream.
enum WebSocketFrameFuzzer: Fuzzer {
    private struct Reading: Equatable {
        var events: [WebSocketEvent] = []
        var fault: WebSocketFault?
    }

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let choice = input.choice(of: 4)
        let role: WebSocketRole = choice & 1 == 0 ? .client : .server
        let maximum = [16, 1000][input.choice(of: 2)]
        let cuts = input.cuts()
        let readings = cuts.map { read($0, role, maximum, isDeflated: choice & 2 != 0) }
        if let wrong = disagreement(readings) { return wrong }
        for event in readings[0].events where size(of: event) > max(maximum, 125) {
            return "\(event) is too big"
        }
        let payload = cuts[0][0]
        let mask: UInt32? = role == .server ? 0x0102_0304 : nil
        let written = WebSocketWriter.binary(payload, mask: mask)
        let again = read([written], role, .max)
        return again == Reading(events: [.binary(payload)]) ? nil : "\(again) is not \(payload)"
    }

    private static func size(of event: WebSocketEvent) -> Int {
        switch event {
        case .text(let text): text.utf8.count
        case .binary(let bytes), .deflated(let bytes, _): bytes.count
        case .ping(let bytes), .pong(let bytes): bytes.count
        case .close(_, let reason): reason.utf8.count
        }
    }

    private static func read(
        _ chunks: [[UInt8]], _ role: WebSocketRole, _ maximum: Int, isDeflated: Bool = false
    ) -> Reading {
        var limits = HTTPLimits()
        limits.webSocketMessage = maximum
        limits.webSocketFragments = 5
        var reader = WebSocketReader(role, limits: limits, isDeflated: isDeflated)
        var reading = Reading()
        do throws(WebSocketFault) {
            for chunk in chunks {
                var place = 0
                while let event = try reader.step(chunk.span, &place) {
                    reading.events.append(event)
                }
            }
        } catch {
            reading.fault = error
        }
        return reading
    }
}

// Any bytes in any cut give the same messages; each of them is written as one line that reads
// back equal, or is refused, and nothing that reads a text takes offence at it.
import FairleadIRCWire
import FairleadWire

/// IRC lines out of any stream, and back into lines.
enum IRCLineFuzzer: Fuzzer {
    private struct Reading: Equatable {
        var events: [IRCParser.Event] = []
        var error: String?
    }

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let lineLimit = 16 + input.choice(of: 100)
        let tagLimit = input.choice(of: 60)
        let readings = input.cuts().map { read($0, lineLimit, tagLimit) }
        if let difference = disagreement(readings) { return difference }
        var session = CapabilityNegotiation(wanted: ["a", "b"], mechanism: .external)
        _ = session.start()
        var support = ISupport()
        for case .message(let message) in readings[0].events {
            if let violation = written(message) ?? understood(message) { return violation }
            for answer in session.receive(message) {
                if (try? IRCWriter.encode(answer)) == nil { return "\(answer) cannot be sent" }
            }
            support.read(message.parameters)
            let changes = ModeChange.parse(message.parameters[...], support.modes)
            if changes.count > message.text.utf8.count + 512 { return "modes out of nothing" }
        }
        return nil
    }

    private static func read(_ chunks: [[UInt8]], _ lineLimit: Int, _ tagLimit: Int) -> Reading {
        let parser = IRCParser(lineLimit: lineLimit, tagLimit: tagLimit)
        var reading = Reading()
        do {
            for chunk in chunks { try parser.feed(chunk.span) { reading.events.append($0) } }
        } catch {
            reading.error = "\(error)"
        }
        return reading
    }

    /// What is wrong with the line that a message is written as.
    private static func written(_ message: IRCMessage) -> String? {
        guard let line = try? IRCWriter.encode(message) else {
            return "cannot be written: \(message)"
        }
        if line.count(where: { $0 == 0x0D || $0 == 0x0A }) != 2 || line.contains(0) {
            return "not one line: \(message)"
        }
        // What was Windows-1252 may have become longer than a line.
        if line.count >= IRCWriter.lineLimit { return nil }
        var again: [IRCParser.Event] = []
        _ = try? IRCParser().feed(line.span) { again.append($0) }
        return again == [.message(message)] ? nil : "\(message) reads back as \(again)"
    }

    private static func understood(_ message: IRCMessage) -> String? {
        let text = message.text
        let plain = Formatting.strip(text)
        if Formatting.strip(plain) != plain, !plain.utf8.contains(4) { return "codes are left" }
        if let ctcp = CTCP(reading: text), CTCP(reading: ctcp.text) != ctcp {
            return "another CTCP: \(ctcp)"
        }
        if IRCText.pieces(text, of: 20).contains(where: { $0.utf8.count > 20 }) {
            return "too long a piece"
        }
        if !IRCMask(IRCMask.completed("*")).matches("a!b@c") { return "a star fits nothing" }
        _ = IRCMask(message[0] ?? "").matches(text)
        if let time = Timestamp(reading: text), Timestamp(reading: time.description) != time {
            return "another time: \(time)"
        }
        return nil
    }
}

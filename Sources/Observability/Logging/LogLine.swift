// One entry of a log is one line, whatever stands in it: a device's text, a nickname or a path can
// hold bytes that a terminal obeys, or an end of line that would begin an entry of somebody else's.

import FairleadWire
import Logging

/// An entry of a log as text.
struct LogLine {
    let level: Logger.Level
    let message: String
    let metadata: Logger.Metadata

    /// - Parameter time: as it is to be shown; nil leaves it out.
    func text(_ format: LogFormat, at time: String?) -> String {
        switch format {
        case .text:
            (time.map { "\($0) " } ?? "") + "\(level): \(Self.escaped(message))\(pairs)\n"
        case .journal: "<\(priority)>\(Self.escaped(message))\(pairs)\n"
        case .json: json(at: time)
        }
    }

    private var sorted: [(name: String, value: String)] {
        metadata.map { ($0.key, "\($0.value)") }.sorted { $0.0 < $1.0 }
    }

    private var pairs: String {
        sorted.map { " \(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined()
    }

    private func json(at time: String?) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("time", time)
            json.member("level", level.rawValue)
            json.member("message", message)
            for (name, value) in sorted { json.member(name, value) }
        }
        return json.text + "\n"
    }

    /// syslog's number of the level (RFC 5424, 6.2.1).
    private var priority: Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    /// The text with everything that a terminal obeys, or that ends a line, as `\u{1b}`.
    static func escaped(_ text: String) -> String {
        if !text.unicodeScalars.contains(where: isDangerous) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isDangerous(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E,
            0x2066...0x2069:
            true
        default: false
        }
    }
}

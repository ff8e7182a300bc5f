import FairleadGPSDWire
import FairleadWire
import Glibc
import Testing

@Suite(.timeLimit(.minutes(10))) struct GPSDInjectionTests {
    private static let count =
        unsafe getenv("FAIRLEAD_STRINGS").flatMap {
            unsafe Int(String(cString: $0))
        } ?? 10_000

    /// H7: whatever a device or a client is called, a report is one line of JSON that says it.
    @Test func noTextInjectsALine() throws {
        var random = SystemRandomNumberGenerator()
        let pieces = ["\"", "\\", "\r", "\n", "\0", "{", "}", "\u{2028}", "\u{e9}", "a", "\u{7f}"]
        for _ in 0..<Self.count {
            let length = Int.random(in: 0..<8, using: &random)
            let text = (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            var device = GPSDDevice(path: text)
            device.driver = text
            for line in [GPSDReports.device(device), GPSDReports.error(text)] {
                let ends = line.indices.filter { line[$0] == 10 || line[$0] == 13 || line[$0] == 0 }
                // CR LF, at the end.
                if ends != [line.count - 2, line.count - 1] {
                    Issue.record("\(text.debugDescription) became \(ends.count) line ends")
                }
                let read = try JSONParser().parse(Array(line.dropLast(2)).span)
                #expect((read["path"] ?? read["message"])?.string == text)
            }
        }
    }
}

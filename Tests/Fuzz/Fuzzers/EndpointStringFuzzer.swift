// Any text is an endpoint string that its description gives back, or an error inside the text.
import FairleadWire

/// Endpoint strings out of any text.
enum EndpointStringFuzzer: Fuzzer {
    static func violation(_ bytes: [UInt8]) -> String? {
        let text = FuzzInput(bytes).text
        do throws(EndpointStringError) {
            return try mismatch(EndpointString(text), text)
        } catch {
            return misplaced(error, text)
        }
    }

    /// What is wrong with an error's place.
    static func misplaced(_ error: EndpointStringError, _ text: String) -> String? {
        let columns = 1...text.unicodeScalars.count + 1
        if !columns.contains(error.column) { return "no such column: \(error)" }
        return error.text == text && !error.part.isEmpty ? nil : "nothing named: \(error)"
    }

    private static func mismatch(
        _ string: EndpointString, _ text: String
    ) throws(EndpointStringError) -> String? {
        let columns = [0] + string.arguments.map(\.column)
        if !zip(columns, columns.dropFirst()).allSatisfy({ $0 < $1 }) {
            return "columns \(columns)"
        }
        if columns.last ?? 0 > text.unicodeScalars.count + 1 { return "columns \(columns)" }
        let made = EndpointString(
            kind: string.kind, string.arguments.map { (key: $0.key, value: $0.value) })
        if Array(made.description.utf8) != Array(string.description.utf8) { return "made \(made)" }
        // Escaped, it may be longer than is read.
        if made.description.utf8.count > EndpointString.maximumLength { return nil }
        let again = try EndpointString(made.description)
        if again.kind != string.kind || again.arguments != made.arguments { return "read \(again)" }
        return nil
    }
}

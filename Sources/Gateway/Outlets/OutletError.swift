/// An outlet that cannot be named so.
struct OutletError: Error, CustomStringConvertible {
    let text: String
    let expected: String

    init(_ text: String, expected: String) {
        self.text = text
        self.expected = expected
    }

    var description: String { "outlet \"\(text)\": expected \(expected)" }
}

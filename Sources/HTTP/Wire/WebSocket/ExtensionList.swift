// The field Sec-WebSocket-Extensions (RFC 6455, 9.1): a list of names with parameters. Read in one
// pass over the bytes; what does not follow the grammar is no list at all, as the RFC demands.
import FairleadWire

/// Extensions that are offered or agreed upon, in their order.
struct ExtensionList: Hashable, Sendable {
    struct Parameter: Hashable, Sendable {
        let name: String
        let value: String?
    }

    struct Element: Hashable, Sendable {
        let name: String
        var parameters: [Parameter] = []
    }

    private(set) var elements: [Element] = []

    /// Extensions, and parameters of each, beyond this number are a list of nobody's.
    private static let limit = 32

    /// Reads all fields of a message; nil where one does not follow the grammar.
    init?(_ fields: [String]) {
        for field in fields {
            let bytes = field.utf8.span
            var place = 0
            repeat {
                guard elements.count < Self.limit, let element = Self.element(bytes, &place)
                else { return nil }
                elements.append(element)
            } while Self.skips(bytes, &place, UInt8(ascii: ","))
            if place < bytes.count { return nil }
        }
    }

    private static func element(_ bytes: Span<UInt8>, _ place: inout Int) -> Element? {
        guard let name = token(bytes, &place) else { return nil }
        var element = Element(name: name)
        while skips(bytes, &place, UInt8(ascii: ";")) {
            guard element.parameters.count < limit, let name = token(bytes, &place)
            else { return nil }
            var value: String?
            if skips(bytes, &place, UInt8(ascii: "=")) {
                value = quoted(bytes, &place) ?? token(bytes, &place)
                if value == nil { return nil }
            }
            element.parameters.append(Parameter(name: name, value: value))
        }
        return element
    }

    private static func token(_ bytes: Span<UInt8>, _ place: inout Int) -> String? {
        skipBlanks(bytes, &place)
        let start = place
        while place < bytes.count, ByteClass.isToken(bytes[place]) { place += 1 }
        let end = place
        skipBlanks(bytes, &place)
        return end > start ? String(decoding: bytes.extracting(start..<end)) : nil
    }

    /// What is quoted must be a token, too.
    private static func quoted(_ bytes: Span<UInt8>, _ place: inout Int) -> String? {
        skipBlanks(bytes, &place)
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
        let start = place + 1
        var end = start
        while end < bytes.count, ByteClass.isToken(bytes[end]) { end += 1 }
        guard end > start, end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
        place = end + 1
        skipBlanks(bytes, &place)
        return String(decoding: bytes.extracting(start..<end))
    }

    private static func skips(_ bytes: Span<UInt8>, _ place: inout Int, _ mark: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == mark else { return false }
        place += 1
        return true
    }

    private static func skipBlanks(_ bytes: Span<UInt8>, _ place: inout Int) {
        while place < bytes.count, ByteClass.isBlank(bytes[place]) { place += 1 }
    }
}

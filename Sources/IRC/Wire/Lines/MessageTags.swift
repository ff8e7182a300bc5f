// The tags in front of a message (IRCv3 message-tags). A value never holds what would end it:
// writing escapes it, reading undoes that. Few tags occur together, so that a list is the
// fastest dictionary; of equal keys the last wins, as the specification wants.

/// The tags of a message, in their order.
public struct MessageTags: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One tag; without a value it is the same as with an empty one.
    public struct Entry: Hashable, Sendable {
        public let key: String
        public let value: String
    }

    public private(set) var entries: [Entry] = []

    public init() {}

    public init(dictionaryLiteral elements: (String, String)...) {
        for (key, value) in elements { self[key] = value }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// The value of a tag; nil where it is missing.
    public subscript(key: String) -> String? {
        get { entries.last { $0.key == key }?.value }
        set {
            entries.removeAll { $0.key == key }
            if let newValue { entries.append(Entry(key: key, value: newValue)) }
        }
    }

    /// Only those that clients send to each other: their keys begin with `+`.
    public var clientOnly: MessageTags {
        var tags = MessageTags()
        tags.entries = entries.filter { $0.key.utf8.first == UInt8(ascii: "+") }
        return tags
    }

    /// Whether a key is one: letters, digits, `-`, `.`, `/` and a leading `+`.
    static func isKey(_ key: some Collection<UInt8>) -> Bool {
        let name = key.first == UInt8(ascii: "+") ? key.dropFirst() : key.dropFirst(0)
        return !name.isEmpty
            && name.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): true
                default: false
                }
            }
    }

    // MARK: Reading

    /// Reads what stands between `@` and the blank; a tag with a bad key is left out.
    init(reading bytes: ArraySlice<UInt8>) {
        for tag in bytes.split(separator: UInt8(ascii: ";")) {
            let parts = tag.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, Self.isKey(key) else { continue }
            let value = parts.count > 1 ? Self.unescaped(parts[1]) : ""
            self[String(decoding: key, as: UTF8.self)] = value
        }
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else { return IRCText.decode(bytes) }
        var plain: [UInt8] = []
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                isEscaped = false
                switch byte {
                case UInt8(ascii: ":"): plain.append(UInt8(ascii: ";"))
                case UInt8(ascii: "s"): plain.append(UInt8(ascii: " "))
                case UInt8(ascii: "r"): plain.append(0x0D)
                case UInt8(ascii: "n"): plain.append(0x0A)
                default: plain.append(byte)
                }
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                plain.append(byte)
            }
        }
        return IRCText.decode(plain[...])
    }

    // MARK: Writing

    /// Appends the tags as they stand between `@` and the blank; false where a key is none.
    func write(to line: inout [UInt8]) -> Bool {
        var isFirst = true
        for entry in entries {
            guard Self.isKey(entry.key.utf8) else { return false }
            if !isFirst { line.append(UInt8(ascii: ";")) }
            isFirst = false
            line.append(contentsOf: entry.key.utf8)
            if entry.value.isEmpty { continue }
            line.append(UInt8(ascii: "="))
            for byte in entry.value.utf8 { Self.escape(byte, to: &line) }
        }
        return true
    }

    private static func escape(_ byte: UInt8, to line: inout [UInt8]) {
        let letter: UInt8
        switch byte {
        case UInt8(ascii: ";"): letter = UInt8(ascii: ":")
        case UInt8(ascii: " "): letter = UInt8(ascii: "s")
        case UInt8(ascii: "\\"): letter = UInt8(ascii: "\\")
        case 0x0D: letter = UInt8(ascii: "r")
        case 0x0A: letter = UInt8(ascii: "n")
        default: return line.append(byte)
        }
        line.append(UInt8(ascii: "\\"))
        line.append(letter)
    }
}

import FairleadWire

/// The tag of a state of a resource (RFC 9110, 8.8.3): `"abc"`, or `W/"abc"` for a weak one.
public struct EntityTag: Hashable, Sendable, CustomStringConvertible {
    /// What stands between the quotes.
    public let opaque: String
    /// Whether it is the same for states that differ in bytes only.
    public let isWeak: Bool

    /// - Parameter opaque: visible ASCII without a quote; nil for anything else.
    public init?(_ opaque: some StringProtocol, isWeak: Bool = false) {
        guard opaque.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }) else { return nil }
        self.opaque = String(opaque)
        self.isWeak = isWeak
    }

    /// A strong tag of a content, out of its bytes.
    public init(of content: Span<UInt8>) {
        // FNV-1a with 64 bits, and the length: no secret, only a name for a state.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in content.indices {
            hash = (hash ^ UInt64(content[index])) &* 0x100_0000_01B3
        }
        opaque = String(hash, radix: 36) + "-" + String(content.count, radix: 36)
        isWeak = false
    }

    public var description: String { (isWeak ? "W/\"" : "\"") + opaque + "\"" }

    /// Reads a tag as it stands in a field.
    public init?(field text: some StringProtocol) {
        let isWeak = text.beginsWith("W/")
        let quoted = text.behind(isWeak ? 2 : 0)
        guard quoted.utf8.count >= 2, quoted.beginsWith("\""), quoted.endsWith("\"") else {
            return nil
        }
        self.init(quoted.withoutQuotes, isWeak: isWeak)
    }

    /// Whether both name the same bytes.
    public func isStronglyEqual(to other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    /// Whether both name the same state, bytes apart.
    public func isWeaklyEqual(to other: EntityTag) -> Bool { opaque == other.opaque }
}

/// The tags of an If-Match or If-None-Match field.
public enum EntityTagList: Hashable, Sendable {
    /// `*`: whatever there is.
    case any
    case tags([EntityTag])

    /// Reads a field; nil for one that is neither.
    public init?(_ text: String) {
        let trimmed = text.trimmedBlanks
        if trimmed == "*" {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        for part in trimmed.parts(by: ",", atMost: 66, keepingEmpty: false) {
            guard let tag = EntityTag(field: String(part).trimmedBlanks) else { return nil }
            tags.append(tag)
            if tags.count > 64 { return nil }
        }
        if tags.isEmpty { return nil }
        self = .tags(tags)
    }
}

extension String {
    /// Without blanks at either side.
    var trimmedBlanks: Substring {
        let rest = utf8.drop { ByteClass.isBlank($0) }
        guard let last = rest.lastIndex(where: { !ByteClass.isBlank($0) }) else { return "" }
        return Substring(decoding: rest[...last], as: UTF8.self)
    }
}

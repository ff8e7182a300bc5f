// Fields that hold one letter. The sets are open: a receiver newer than this code sends letters
// that it does not know, and they are kept, not refused. Only a byte that can stand in a field
// is a letter, so that whatever there is can be written.

/// A field of one printable character.
public protocol FieldLetter: RawRepresentable, Hashable, Sendable, CustomStringConvertible
where RawValue == UInt8 {
    /// Wraps a byte that `isFieldByte` has passed.
    init(byte: UInt8)
}

extension FieldLetter {
    /// A letter; nil for a byte that cannot stand alone in a field.
    public init?(rawValue: UInt8) {
        guard isFieldByte(rawValue) else { return nil }
        self.init(byte: rawValue)
    }

    public var description: String { String(UnicodeScalar(rawValue)) }
}

/// Whether a byte can stand in a field as itself: printable, not blank, not reserved.
@inline(__always)
func isFieldByte(_ byte: UInt8) -> Bool {
    guard byte > 0x20, byte < 0x7F else { return false }
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "*"), UInt8(ascii: "$"), UInt8(ascii: "!"),
        UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "~"):
        return false
    default: return true
    }
}

/// Whether data are valid: `A` yes, `V` a warning.
public struct Status: FieldLetter {
    public let rawValue: UInt8
    public init(byte: UInt8) { rawValue = byte }
    public static let valid = Status(byte: UInt8(ascii: "A"))
    public static let warning = Status(byte: UInt8(ascii: "V"))
}

/// How a position came about, from revision 2.3 (`R`, `F`, `P`: 2.3 to 4.0).
public struct ModeIndicator: FieldLetter {
    public let rawValue: UInt8
    public init(byte: UInt8) { rawValue = byte }
    public static let autonomous = ModeIndicator(byte: UInt8(ascii: "A"))
    public static let differential = ModeIndicator(byte: UInt8(ascii: "D"))
    public static let estimated = ModeIndicator(byte: UInt8(ascii: "E"))
    public static let floatRTK = ModeIndicator(byte: UInt8(ascii: "F"))
    public static let manual = ModeIndicator(byte: UInt8(ascii: "M"))
    public static let notValid = ModeIndicator(byte: UInt8(ascii: "N"))
    public static let precise = ModeIndicator(byte: UInt8(ascii: "P"))
    public static let fixedRTK = ModeIndicator(byte: UInt8(ascii: "R"))
    public static let simulator = ModeIndicator(byte: UInt8(ascii: "S"))
}

/// What the receiver says about the safety of navigation, from revision 4.1.
public struct NavigationalStatus: FieldLetter {
    public let rawValue: UInt8
    public init(byte: UInt8) { rawValue = byte }
    public static let safe = NavigationalStatus(byte: UInt8(ascii: "S"))
    public static let caution = NavigationalStatus(byte: UInt8(ascii: "C"))
    public static let unsafeToNavigate = NavigationalStatus(byte: UInt8(ascii: "U"))
    public static let notValid = NavigationalStatus(byte: UInt8(ascii: "V"))
}

/// A letter of which its sentence says the meaning.
public struct PlainLetter: FieldLetter, ExpressibleByUnicodeScalarLiteral {
    public let rawValue: UInt8
    public init(byte: UInt8) { rawValue = byte }
    /// A literal that cannot stand in a field becomes `?`.
    public init(unicodeScalarLiteral scalar: UnicodeScalar) {
        let byte = UInt8(exactly: scalar.value) ?? 0
        rawValue = isFieldByte(byte) ? byte : UInt8(ascii: "?")
    }
}

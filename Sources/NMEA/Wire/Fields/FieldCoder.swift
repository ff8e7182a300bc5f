// One description of a sentence's fields serves reader and writer at once: a type names its fields
// in their order, and the coder that it is given either fills them or writes them. So the two can
// never disagree. Inside this module every description is compiled for each coder separately,
// which costs nothing over code written by hand. A coder never throws: a reader that meets a field
// which is not what the sentence promises remembers that, and the whole sentence is then malformed.

/// Goes through the fields of a sentence in their order, reading or writing each.
///
/// An empty field is nil. A field that is missing altogether makes the sentence malformed unless
/// `mayEndHere` was said before it. All letters of units are capital when written.
public protocol FieldCoder {
    /// Whether the fields are filled, not written.
    var isReading: Bool { get }
    /// How many fields are left; nil when writing.
    var remaining: Int? { get }
    /// Whether the first byte of the next field is a letter; nil when writing.
    var nextIsLetter: Bool? { get }

    /// Older revisions of the sentence end here; when writing, empty fields from here are left out.
    mutating func mayEndHere()
    /// This sentence is malformed.
    mutating func refuse()

    /// A number with a minus sign if need be.
    mutating func number(_ value: inout NMEANumber?)
    /// A number that bears a plus sign also.
    mutating func signedNumber(_ value: inout NMEANumber?)
    /// A whole number without sign, written with at least so many digits.
    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: inout Value?, digits: Int)
    /// A whole number that may be negative, written with at least so many digits.
    mutating func signedInteger(_ value: inout Int8?, digits: Int)
    /// A hexadecimal number of one or two digits.
    mutating func hexadecimal(_ value: inout UInt8?)

    /// Degrees and minutes, then `N` or `S`.
    mutating func latitude(_ value: inout Latitude?)
    /// Degrees and minutes, then `E` or `W`.
    mutating func longitude(_ value: inout Longitude?)
    /// A number, then the letter of its direction: the first is positive, the second negative.
    mutating func directed(
        _ value: inout NMEANumber?, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar)
    /// `hhmmss` with or without a fraction.
    mutating func time(_ value: inout NMEATime?)
    /// `ddmmyy`, or `mmddyy`; zeros alone are no date.
    mutating func date(_ value: inout TwoDigitDate?, monthFirst: Bool)
    /// Day, month and year in three fields; zeros alone are no date.
    mutating func dayMonthYear(_ value: inout NMEADate?)

    /// One character.
    mutating func letter<Letter: FieldLetter>(_ value: inout Letter?)
    /// The fixed letter of a unit; it may be missing from the field, but not be another.
    mutating func unit(_ letter: Unicode.Scalar)
    /// The fixed word of a field; it may be missing from the field, but not be another.
    mutating func word(_ word: StaticString)
    /// Text; `^hh` is a byte of it, and what is reserved is written so. Empty text is none.
    mutating func text(_ value: inout String?)
    /// A reserved field: written empty, read over.
    mutating func reserved()
}

extension FieldCoder {
    /// A whole number without sign.
    @inline(__always)
    public mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: inout Value?
    ) {
        integer(&value, digits: 1)
    }

    /// `ddmmyy`; zeros alone are no date.
    @inline(__always)
    public mutating func date(_ value: inout TwoDigitDate?) {
        date(&value, monthFirst: false)
    }
}

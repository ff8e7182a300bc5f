/// Who speaks: the two letters before the name of a sentence.
public struct Talker: Hashable, Sendable, CustomStringConvertible {
    /// The letters, the first in the high byte; zero where the sentence names no talker.
    let code: UInt16

    init(code: UInt16) { self.code = code }

    /// A talker from its two letters or digits; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 2, bytes.allSatisfy(isAddressByte) else { return nil }
        code = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    }

    /// No talker: a sentence that names none, or a maker's.
    public static let none = Talker(code: 0)
    public static let gps = Talker(code: 0x4750)
    public static let glonass = Talker(code: 0x474C)
    public static let galileo = Talker(code: 0x4741)
    /// `GB`; older receivers say `BD`.
    public static let beidou = Talker(code: 0x4742)
    public static let beidouOld = Talker(code: 0x4244)
    /// `GQ`; older receivers say `QZ`.
    public static let qzss = Talker(code: 0x4751)
    public static let qzssOld = Talker(code: 0x515A)
    public static let navic = Talker(code: 0x4749)
    /// Several systems together.
    public static let combined = Talker(code: 0x474E)
    public static let integratedInstrumentation = Talker(code: 0x4949)
    public static let integratedNavigation = Talker(code: 0x494E)
    public static let sounder = Talker(code: 0x5344)
    public static let magneticCompass = Talker(code: 0x4843)
    public static let northSeekingGyro = Talker(code: 0x4845)
    public static let weather = Talker(code: 0x5749)
    public static let transducer = Talker(code: 0x5958)

    /// The letters; empty for none.
    public var description: String {
        if code == 0 { return "" }
        let bytes = [UInt8(truncatingIfNeeded: code >> 8), UInt8(truncatingIfNeeded: code)]
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Whether a byte can be part of an address: a letter or a digit.
@inline(__always)
func isAddressByte(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
}

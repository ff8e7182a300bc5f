// Frames of u-blox receivers in a byte stream, for their evidence only: what they say is not
// looked at. A frame is B5 62, class, number, length (16 bits, low byte first), payload, and two
// sums over all from class to payload (8-bit Fletcher, u-blox 8 / M8 interface description, 32.4).
// Nothing is kept but the sums. So that noise cannot pass, the class must be one that u-blox
// uses, and the length one that receivers send by themselves.

/// Finds valid UBX frames.
struct UBXScanner {
    private enum Place {
        case first
        case second
        case header(Int)
        case payload
        case firstSum
        case secondSum
    }

    /// The longest frame that is believed; navigation messages with 80 satellites have 972 bytes.
    static let maximum = 1024
    private static let classes: Set<UInt8> = [
        0x01, 0x02, 0x04, 0x05, 0x06, 0x09, 0x0A, 0x0B, 0x0D, 0x10, 0x13, 0x21, 0x27, 0x28, 0x29,
    ]

    /// Valid frames so far.
    private(set) var frames = 0
    private var place = Place.first
    private var length = 0
    private var sums: (UInt8, UInt8) = (0, 0)

    /// Whether a frame has begun whose header looks right.
    var isInFrame: Bool {
        switch place {
        case .payload, .firstSum, .secondSum: true
        case .first, .second, .header: false
        }
    }

    mutating func take(_ byte: UInt8) {
        switch place {
        case .first: place = byte == 0xB5 ? .second : .first
        case .second: begin(byte)
        case .header(let index): takeHeader(byte, index)
        case .payload:
            add(byte)
            length -= 1
            if length == 0 { place = .firstSum }
        case .firstSum: place = byte == sums.0 ? .secondSum : .first
        case .secondSum:
            if byte == sums.1 { frames += 1 }
            place = .first
        }
    }

    private mutating func begin(_ byte: UInt8) {
        sums = (0, 0)
        length = 0
        place = byte == 0x62 ? .header(0) : byte == 0xB5 ? .second : .first
    }

    private mutating func takeHeader(_ byte: UInt8, _ index: Int) {
        add(byte)
        switch index {
        case 0: place = Self.classes.contains(byte) ? .header(1) : .first
        case 1: place = .header(2)
        case 2:
            length = Int(byte)
            place = .header(3)
        default:
            length += Int(byte) << 8
            place = length > Self.maximum ? .first : length == 0 ? .firstSum : .payload
        }
    }

    private mutating func add(_ byte: UInt8) {
        sums.0 &+= byte
        sums.1 &+= sums.0
    }
}

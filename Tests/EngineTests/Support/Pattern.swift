import Foundation

/// Bytes whose every position is known, so that a transfer of any size is checked as it arrives.
///
/// The period is a prime: a block that is lost, doubled or swapped does not fit where it lands.
enum Pattern {
    private static let period = 65_521
    /// The pattern twice, so that each window of a period lies in one piece.
    private static let bytes: [UInt8] = {
        var state: UInt32 = 1
        let once = (0..<period).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state >> 24)
        }
        return once + once
    }()
    private static let data = Data(bytes)

    /// `count` bytes of the pattern, which begins at position 0.
    static func bytes(from position: Int, count: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        while result.count < count {
            let start = (position + result.count) % period
            result += bytes[start..<(start + min(period, count - result.count))]
        }
        return result
    }

    static func matches(_ received: [UInt8], at position: Int) -> Bool {
        var checked = 0
        while checked < received.count {
            let start = (position + checked) % period
            let size = min(period, received.count - checked)
            guard Data(received[checked..<(checked + size)]) == data[start..<(start + size)] else {
                return false
            }
            checked += size
        }
        return true
    }
}

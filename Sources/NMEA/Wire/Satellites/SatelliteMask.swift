/// A set of satellites as bits: most skies ask for each of theirs several times.
struct SatelliteMask {
    /// Four words for each of the eight systems.
    private var words = InlineArray<32, UInt64>(repeating: 0)

    /// Adds a satellite; false when it was there.
    @inline(__always)
    mutating func insert(_ id: SatelliteID) -> Bool {
        let (word, bit) = Self.place(id)
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        return true
    }

    @inline(__always)
    func contains(_ id: SatelliteID) -> Bool {
        let (word, bit) = Self.place(id)
        return words[word] & bit != 0
    }

    /// Numbers are below 256 in every system.
    @inline(__always)
    private static func place(_ id: SatelliteID) -> (word: Int, bit: UInt64) {
        let number = UInt8(truncatingIfNeeded: id.number)
        let word = (id.constellation.rawValue & 7) << 2 | number >> 6
        return (Int(word), 1 << UInt64(number & 63))
    }
}

/// Messages of which a receiver can tell that none is cut, and which are missing.
enum NumberedMessage {
    /// A message of `size` bytes (at least 8): length, number, and the number again and again.
    static func make(_ number: Int, size: Int) -> [UInt8] {
        var bytes = fourBytes(size) + fourBytes(number)
        bytes += [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size - 8)
        return bytes
    }

    /// The numbers of the messages in a stream; nil where one is cut or damaged.
    static func numbers(in stream: [UInt8]) -> [Int]? {
        var numbers: [Int] = []
        var position = 0
        while position < stream.count {
            guard position + 8 <= stream.count else { return nil }
            let size = value(stream[position..<(position + 4)])
            let number = value(stream[(position + 4)..<(position + 8)])
            guard size >= 8, position + size <= stream.count else { return nil }
            let body = stream[(position + 8)..<(position + size)]
            guard body.allSatisfy({ $0 == UInt8(truncatingIfNeeded: number) }) else { return nil }
            numbers.append(number)
            position += size
        }
        return numbers
    }

    private static func fourBytes(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    private static func value(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}

/// How a stream of bytes is cut into chunks.
public enum Chunking: Hashable, Sendable {
    /// All that is there.
    case whole
    /// At most this many bytes; 1 is byte by byte.
    case pieces(of: Int)
    /// Random cuts, the same for the same generator.
    case random(SeededGenerator)

    /// The size of the next chunk of `count` bytes, at least 1.
    mutating func next(of count: Int) -> Int {
        switch self {
        case .whole: return count
        case .pieces(let size): return min(max(size, 1), count)
        case .random(var generator):
            let size = generator.chance(0.3) ? 1 : generator.pick(1...max(count, 1))
            self = .random(generator)
            return min(size, count)
        }
    }
}

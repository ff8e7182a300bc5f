import Synchronization

/// How often numbers up to some bounds were met; times are in seconds.
final class Histogram: Sendable {
    static let bounds = [
        0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60,
    ]

    private struct State {
        var counts = [Int](repeating: 0, count: Histogram.bounds.count + 1)
        var sum = 0.0
    }

    private let state = Mutex(State())

    func record(_ number: Double) {
        if number.isNaN { return }
        let index = Self.bounds.firstIndex { number <= $0 } ?? Self.bounds.count
        state.withLock { state in
            state.counts[index] += 1
            state.sum += number
        }
    }

    /// How many were at most each bound, the last without one; and the sum of all.
    var totals: (counts: [Int], sum: Double) {
        let state = state.withLock { $0 }
        var total = 0
        let counts = state.counts.map { count in
            total += count
            return total
        }
        return (counts, state.sum)
    }
}

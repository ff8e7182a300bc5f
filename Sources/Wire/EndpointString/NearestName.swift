/// The known name that a mistyped one probably meant, or nil.
///
/// One slip for about three letters and at most two (a letter changed, missing, added, or two
/// exchanged), or the beginning of exactly one known name.
public func nearestName(to name: String, in known: [String]) -> String? {
    guard !name.isEmpty, name.utf8.count <= 64 else { return nil }
    let lowered = name.lowercased()
    let limit = min(2, (name.utf8.count + 1) / 3)
    let distances = known.map { candidate in
        (candidate, slips(Array(lowered.utf8), Array(candidate.lowercased().utf8)))
    }
    // Among equals one of the same length: a changed letter is likelier than a missing one.
    let best = distances.min { left, right in
        let lengths = [left, right].map { abs($0.0.utf8.count - name.utf8.count) }
        return (left.1, lengths[0]) < (right.1, lengths[1])
    }
    if let best, best.1 <= limit { return best.0 }
    let begun = known.filter { $0.lowercased().hasPrefix(lowered) }
    return begun.count == 1 ? begun[0] : nil
}

/// The optimal string alignment distance.
private func slips(_ left: [UInt8], _ right: [UInt8]) -> Int {
    if abs(left.count - right.count) > 2 { return 3 }
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
        var next = [row + 1]
        for column in right.indices {
            let cost = left[row] == right[column] ? 0 : 1
            var least = min(last[column + 1] + 1, next[column] + 1, last[column] + cost)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                least = min(least, before[column - 1] + 1)
            }
            next.append(least)
        }
        before = last
        last = next
    }
    return last[right.count]
}

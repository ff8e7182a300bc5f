/// The known name that a mistyped one probably meant, or nil.
///
/// At most two slips apart (a letter changed, missing, added, or two exchanged), or the
/// beginning of exactly one known name.
public func nearestName(to name: String, in known: [String]) -> String? {
    guard !name.isEmpty, name.utf8.count <= 64 else { return nil }
    let lowered = name.lowercased()
    let distances = known.map { ($0, slips(Array(lowered.utf8), Array($0.lowercased().utf8))) }
    if let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= min(2, name.utf8.count / 2) {
        return best.0
    }
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

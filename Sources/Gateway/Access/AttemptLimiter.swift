import FairleadWire

/// Counts failed attempts, of each source and of all: whoever guesses is soon not listened to.
///
/// The times are of a clock that nobody sets.
struct AttemptLimiter {
    /// Failures in a minute, after which nothing of a source is looked at any more.
    static let ofOne = 10
    /// And of all together.
    static let ofAll = 100
    static let span = Duration.seconds(60)
    /// Sources that are remembered; the one that failed longest ago goes first.
    static let maximumSources = 1024

    private var failures: [String: [Instant]] = [:]
    private var all: [Instant] = []

    /// Whether an attempt of a source may be looked at.
    mutating func allows(_ source: String, at now: Instant) -> Bool {
        forget(before: now)
        return all.count < Self.ofAll && (failures[source]?.count ?? 0) < Self.ofOne
    }

    /// An attempt has failed.
    mutating func failed(_ source: String, at now: Instant) {
        forget(before: now)
        if failures[source] == nil, failures.count >= Self.maximumSources {
            let oldest = failures.min { ($0.value.last ?? now) < ($1.value.last ?? now) }
            if let oldest { failures[oldest.key] = nil }
        }
        failures[source, default: []].append(now)
        all.append(now)
    }

    private mutating func forget(before now: Instant) {
        all.removeAll { now.since($0) >= Self.span }
        if all.isEmpty, !failures.isEmpty { failures = [:] }
        for (source, times) in failures where times.contains(where: { now.since($0) >= Self.span })
        {
            let left = times.filter { now.since($0) < Self.span }
            failures[source] = left.isEmpty ? nil : left
        }
    }
}

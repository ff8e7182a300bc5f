// Several receivers, one position. The best one speaks until another has been better for a while,
// has lost its fix, or is silent for longer than it ever is: without that patience two receivers
// of the same kind would take turns, and a track would jump between their antennas.

import FairleadWire

/// Chooses the receiver whose position counts.
public struct FixSelector {
    /// What there is to know of a receiver.
    private struct Candidate {
        var device: String
        var fix: Fix
        var arrival: Instant
        /// Between its last two fixes.
        var interval: Duration = .seconds(1)
        /// Since when it is better than the one that speaks; nil while it is not.
        var better: Instant?
    }

    /// The most receivers that are compared; more are not heard.
    public static let maximumDevices = 64

    /// Devices that come before all others as long as they have a fix, the first first.
    public var preferred: [String]
    /// How long another one must be better before it is chosen.
    public let patience: Duration
    /// How long the chosen one may be silent, and at least two and a half of its intervals.
    public let silence: Duration

    private var candidates: [Candidate] = []
    /// The device whose position counts; nil while none has one.
    public private(set) var chosen: String?

    public init(
        preferred: [String] = [], patience: Duration = .seconds(5),
        silence: Duration = .milliseconds(1500)
    ) {
        self.preferred = preferred
        self.patience = patience
        self.silence = silence
    }

    /// Takes an epoch of any device; gives it back if it is what counts, or what counts instead.
    public mutating func take(_ fix: Fix, at now: Instant) -> Fix? {
        let previous = chosen
        guard fix.position != nil else {
            candidates.removeAll { $0.device == fix.device }
            if chosen == fix.device { chosen = nil }
            return expire(at: now) ?? (previous == fix.device && chosen == nil ? fix : nil)
        }
        note(fix, at: now)
        choose(at: now)
        if chosen == fix.device { return fix }
        return chosen == previous ? nil : newest()
    }

    /// When `expire` should be called, unless another fix comes before.
    public var deadline: Instant? {
        candidates.first { $0.device == chosen }.map { $0.arrival + limit($0) }
    }

    /// Time has passed: gives the position of another device if the chosen one is silent.
    public mutating func expire(at now: Instant) -> Fix? {
        let previous = chosen
        choose(at: now)
        return chosen == previous ? nil : newest()
    }

    private func newest() -> Fix? { candidates.first { $0.device == chosen }?.fix }

    private func limit(_ candidate: Candidate) -> Duration {
        max(silence, candidate.interval * 5 / 2)
    }

    private mutating func note(_ fix: Fix, at now: Instant) {
        guard let place = candidates.firstIndex(where: { $0.device == fix.device }) else {
            if candidates.count < Self.maximumDevices {
                candidates.append(Candidate(device: fix.device, fix: fix, arrival: now))
            }
            return
        }
        if !fix.isAmended {
            candidates[place].interval = min(
                now.since(candidates[place].arrival), .seconds(30))
        }
        candidates[place].fix = fix
        candidates[place].arrival = now
    }

    private mutating func choose(at now: Instant) {
        let limits = candidates.map { ($0.device, limit($0)) }
        candidates.removeAll { candidate in
            let limit = limits.first { $0.0 == candidate.device }?.1 ?? silence
            return now.since(candidate.arrival) > limit
        }
        guard let current = candidates.firstIndex(where: { $0.device == chosen }) else {
            chosen = candidates.indices.min { isBetter($0, than: $1) }
                .map { candidates[$0].device }
            for place in candidates.indices { candidates[place].better = nil }
            return
        }
        var best = current
        for place in candidates.indices {
            guard isBetter(place, than: current) else {
                candidates[place].better = nil
                continue
            }
            let since = candidates[place].better ?? now
            candidates[place].better = since
            if now.since(since) >= patience, isBetter(place, than: best) { best = place }
        }
        guard best != current else { return }
        chosen = candidates[best].device
        for place in candidates.indices { candidates[place].better = nil }
    }

    private func isBetter(_ place: Int, than other: Int) -> Bool {
        let (left, right) = (candidates[place].fix, candidates[other].fix)
        let ranks = (rank(left.device), rank(right.device))
        if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
        let grades = (grade(left), grade(right))
        if grades.0 != grades.1 { return grades.0 > grades.1 }
        guard let error = left.errors?.horizontal, let than = right.errors?.horizontal else {
            return false
        }
        // Not for every centimetre.
        return error < than * 0.8
    }

    private func rank(_ device: String) -> Int {
        preferred.firstIndex(of: device) ?? preferred.count
    }

    /// How good a fix is by its quality and mode: more is better.
    private func grade(_ fix: Fix) -> Int {
        let quality =
            switch fix.quality {
            case .rtkFixed: 6
            case .rtkFloat: 5
            case .differential, .precise: 4
            case .gps, nil: 3
            case .deadReckoning: 2
            case .manual: 1
            case .simulated: 0
            }
        return quality * 2 + (fix.mode == .threeDimensional ? 1 : 0)
    }
}

import FairleadNMEAWire
import FairleadWire

/// Which of a device's epochs are worth keeping: after some time, after some way, and when a fix is
/// lost or back.
struct HistoryThinner {
    private let interval: Duration
    /// In metres.
    private let distance: Double

    private struct Kept {
        let instant: Instant
        let position: Coordinate?
        let isChosen: Bool
    }

    private var kept: [String: Kept] = [:]

    init(interval: Duration, distance: Double) {
        self.interval = interval
        self.distance = distance
    }

    /// Whether a record is kept; then it is what the next one is compared with.
    mutating func keeps(_ record: HistoryRecord, at now: Instant) -> Bool {
        if let last = kept[record.device], !isNews(record, last, now) { return false }
        kept[record.device] = Kept(
            instant: now, position: record.position, isChosen: record.isChosen)
        return true
    }

    private func isNews(_ record: HistoryRecord, _ last: Kept, _ now: Instant) -> Bool {
        guard let place = record.position, let before = last.position else {
            return (record.position == nil) != (last.position == nil)
        }
        if record.isChosen != last.isChosen { return true }
        return now.since(last.instant) >= interval || before.distance(to: place) >= distance
    }

    /// A device that is gone is not compared with any more.
    mutating func forget(_ device: String) { kept[device] = nil }
}

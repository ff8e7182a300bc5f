import CoreMetrics
import Synchronization

/// One metric with its labels: whatever swift-metrics calls its kind, it is a number, or a
/// histogram of numbers.
final class MetricSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler,
    RecorderHandler, TimerHandler
{
    enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    let name: MetricName
    let kind: Kind
    private let value = Mutex(0.0)
    private let histogram: Histogram

    init(_ name: MetricName, _ kind: Kind) {
        self.name = name
        self.kind = kind
        histogram = Histogram()
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func reset() { value.withLock { $0 = 0 } }
    func set(_ number: Int64) { set(Double(number)) }
    func set(_ number: Double) { value.withLock { $0 = number } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ number: Int64) { record(Double(number)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func preferDisplayUnit(_ unit: TimeUnit) {}

    /// What only grows does not shrink, whatever it is told.
    func increment(by amount: Double) {
        if kind == .counter, !(amount >= 0) { return }
        value.withLock { $0 += amount }
    }

    func record(_ number: Double) {
        if kind == .histogram { histogram.record(number) } else { set(number) }
    }

    /// Its lines, without the heading.
    func write(to text: inout String) {
        guard kind == .histogram else {
            let number = value.withLock { $0 }
            text += "\(name.name)\(name.labelText()) \(Self.text(number))\n"
            return
        }
        let (counts, sum) = histogram.totals
        for (bound, count) in zip(Histogram.bounds + [.infinity], counts) {
            let labels = name.labelText(and: ("le", Self.text(bound)))
            text += "\(name.name)_bucket\(labels) \(count)\n"
        }
        text += "\(name.name)_sum\(name.labelText()) \(Self.text(sum))\n"
        text += "\(name.name)_count\(name.labelText()) \(counts.last ?? 0)\n"
    }

    static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number > 0 ? "+Inf" : "-Inf" }
        if let whole = Int64(exactly: number) { return "\(whole)" }
        return "\(number)"
    }
}

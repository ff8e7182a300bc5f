// swift-metrics' backend: it keeps what is measured, and writes it in Prometheus's text form
// (version 0.0.4) when somebody asks. The number of series is bounded: a label whose values come
// from outside must not grow the memory; what is more is not kept, and counted.

import CoreMetrics
import Synchronization

/// Keeps metrics for Prometheus.
public final class PrometheusRegistry: MetricsFactory {
    /// The most series that are kept.
    public static let maximumSeries = 4096

    private struct State {
        var series: [MetricName: MetricSeries] = [:]
        var kinds: [String: MetricSeries.Kind] = [:]
        var helps: [String: String] = [:]
        var refused = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// What a metric is, for its heading.
    public func describe(_ name: String, _ help: String) {
        state.withLock { $0.helps[name] = help }
    }

    /// A number that only grows.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> CounterHandler {
        series(label, dimensions, .counter)
    }

    /// A number that only grows, with fractions.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> FloatingPointCounterHandler {
        series(label, dimensions, .counter)
    }

    /// A number that is set, and goes up and down.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> MeterHandler {
        series(label, dimensions, .gauge)
    }

    /// A number that is recorded; with `aggregate` a histogram of them.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> RecorderHandler {
        series(label, dimensions, aggregate ? .histogram : .gauge)
    }

    /// A histogram of times, in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> TimerHandler {
        series(label, dimensions, .histogram)
    }

    /// Forgets a counter.
    public func destroyCounter(_ handler: CounterHandler) { remove(handler) }
    /// Forgets a counter.
    public func destroyFloatingPointCounter(_ handler: FloatingPointCounterHandler) {
        remove(handler)
    }
    /// Forgets a meter.
    public func destroyMeter(_ handler: MeterHandler) { remove(handler) }
    /// Forgets a recorder.
    public func destroyRecorder(_ handler: RecorderHandler) { remove(handler) }
    /// Forgets a timer.
    public func destroyTimer(_ handler: TimerHandler) { remove(handler) }

    private func remove(_ handler: AnyObject) {
        guard let series = handler as? MetricSeries else { return }
        state.withLock { state in
            if state.series[series.name] === series { state.series[series.name] = nil }
        }
    }

    /// The one of a name and labels; where the name is of another kind already, or there are too
    /// many, one that nobody sees.
    private func series(
        _ label: String, _ dimensions: [(String, String)], _ kind: MetricSeries.Kind
    ) -> MetricSeries {
        let name = MetricName(label, dimensions)
        return state.withLock { state in
            if let known = state.series[name], known.kind == kind { return known }
            let new = MetricSeries(name, kind)
            let isFull = state.series.count >= Self.maximumSeries
            guard !isFull, state.kinds[name.name, default: kind] == kind else {
                state.refused += 1
                return new
            }
            state.kinds[name.name] = kind
            state.series[name] = new
            return new
        }
    }

    /// Everything, in the order of the names.
    public func text() -> String {
        let state = state.withLock { $0 }
        var text = ""
        var heading = ""
        let ordered = state.series.values.sorted {
            ($0.name.name, $0.name.labelText()) < ($1.name.name, $1.name.labelText())
        }
        for series in ordered {
            let name = series.name.name
            if name != heading {
                heading = name
                if let help = state.helps[name] { text += "# HELP \(name) \(help)\n" }
                text += "# TYPE \(name) \(series.kind.rawValue)\n"
            }
            series.write(to: &text)
        }
        if state.refused > 0 {
            text += "# TYPE metrics_refused_total counter\n"
            text += "metrics_refused_total \(state.refused)\n"
        }
        return text
    }
}

import CoreMetrics
import Testing

@testable import FairleadObservability

@Suite struct PrometheusRegistryTests {
    @Test func everyKindIsWrittenInItsForm() {
        let registry = PrometheusRegistry()
        registry.describe("lines_total", "Lines.")
        let lines = Counter(label: "lines_total", dimensions: [("device", "b")], factory: registry)
        let other = Counter(label: "lines_total", dimensions: [("device", "a")], factory: registry)
        lines.increment(by: 3)
        lines.increment()
        other.increment(by: -5)
        Gauge(label: "age_seconds", factory: registry).record(1.5)
        let meter = Meter(label: "clients", factory: registry)
        meter.set(7)
        meter.decrement(by: 2)
        let expected = """
            # TYPE age_seconds gauge
            age_seconds 1.5
            # TYPE clients gauge
            clients 5
            # HELP lines_total Lines.
            # TYPE lines_total counter
            lines_total{device="a"} 0
            lines_total{device="b"} 4

            """
        #expect(registry.text() == expected)
    }

    @Test func aHistogramCountsUpToEachBound() {
        let registry = PrometheusRegistry()
        let timer = Timer(label: "turn", dimensions: [("a", "b")], factory: registry)
        for nanoseconds: Int64 in [50_000, 2_000_000, 2_000_000, 90_000_000_000] {
            timer.recordNanoseconds(nanoseconds)
        }
        let text = registry.text()
        #expect(text.contains("# TYPE turn histogram\n"))
        #expect(text.contains("turn_bucket{a=\"b\",le=\"0.0001\"} 1\n"))
        #expect(text.contains("turn_bucket{a=\"b\",le=\"0.001\"} 1\n"))
        #expect(text.contains("turn_bucket{a=\"b\",le=\"0.005\"} 3\n"))
        #expect(text.contains("turn_bucket{a=\"b\",le=\"60\"} 3\n"))
        #expect(text.contains("turn_bucket{a=\"b\",le=\"+Inf\"} 4\n"))
        #expect(text.contains("turn_count{a=\"b\"} 4\n"))
        #expect(text.contains("turn_sum{a=\"b\"} 90.00405\n"))
    }

    @Test func namesAndValuesCannotBreakTheForm() {
        let registry = PrometheusRegistry()
        Counter(
            label: "1 b-c\n", dimensions: [("x:y", "a\"b\\c\nd")], factory: registry
        ).increment()
        #expect(
            registry.text()
                == "# TYPE __b_c_ counter\n__b_c_{x_y=\"a\\\"b\\\\c\\nd\"} 1\n")
    }

    @Test func oneNameHasOneKindAndTheSeriesAreBounded() {
        let registry = PrometheusRegistry()
        Counter(label: "a", factory: registry).increment()
        Meter(label: "a", factory: registry).set(5)
        #expect(registry.text().contains("a 1\n") && !registry.text().contains("a 5"))
        for number in 0..<(PrometheusRegistry.maximumSeries + 10) {
            Counter(
                label: "many", dimensions: [("path", "\(number)")], factory: registry
            ).increment()
        }
        let text = registry.text()
        #expect(text.split(separator: "\n").count < PrometheusRegistry.maximumSeries + 10)
        #expect(text.hasSuffix("metrics_refused_total 12\n"))
    }

    @Test func whatIsDestroyedIsGone() {
        let registry = PrometheusRegistry()
        let counter = Counter(label: "a", factory: registry)
        counter.increment()
        counter.destroy()
        #expect(registry.text() == "")
    }
}

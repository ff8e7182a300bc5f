import CoreMetrics

/// What whoever runs a gateway lends to it.
public struct GatewayServices {
    /// Where metrics are kept; nil: where swift-metrics has been told to.
    public var metricsFactory: (any MetricsFactory)?
    /// The metrics as text in Prometheus's form, for `/metrics`; nil: there are none to be had.
    public var metricsText: (() -> String)?

    public init() {}
}

/// What whoever runs a gateway lends to it.
public struct GatewayServices {
    /// The metrics as text in Prometheus's form; nil: there are none to be had.
    public var metrics: (() -> [UInt8])?

    public init() {}
}

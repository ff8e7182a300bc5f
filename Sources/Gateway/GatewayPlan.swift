/// What a gateway is made of: what a configuration file and a command line say together.
public struct GatewayPlan: Hashable, Sendable {
    /// Endpoint strings; none: every receiver, or a simulated one where there is none.
    public var sources: [String] = []
    /// Nil: the usual ones, on this machine only.
    public var outlets: [OutletPlan]?
    /// The devices that come before all others, the first first.
    public var preferred: [String] = []
    /// The folder in which the gateway keeps what it must know again: speeds of devices, history.
    /// Nil: nothing is kept.
    public var state: String?
    /// The file in which the speeds of devices are remembered; nil: one in the state folder.
    public var speeds: String?

    public init() {}
}

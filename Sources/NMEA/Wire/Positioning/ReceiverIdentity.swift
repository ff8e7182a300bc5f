/// What a receiver says about itself.
public struct ReceiverIdentity: Hashable, Sendable {
    /// The device, by the name that its assembler was given.
    public var device = ""
    /// `u-blox`, `MediaTek`, `SiRF`, `Garmin` …, from the sentences that only they send.
    public var vendor: String?
    /// The name of the module or the instrument.
    public var product: String?
    /// The release of its software.
    public var firmware: String?
    /// The newest text that it sent, as it was.
    public var text: String?

    public init() {}
}

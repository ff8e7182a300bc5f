import FairleadNMEAWire

/// A way out: it is told everything once, and must not wait for anybody.
///
/// What an outlet does not need it leaves to the defaults, which do nothing.
public protocol Outlet: AnyObject {
    /// Where it is open, for people: `gpsd on 127.0.0.1:2947`.
    var description: String { get }
    /// How many are connected; nil where nobody connects.
    var clientCount: Int? { get }
    /// A device is there, is gone, or stands otherwise than before.
    func deviceChanged(_ device: GatewayDevice)
    /// Sentences as a device sent them.
    func received(_ batch: SentenceBatch, from device: GatewayDevice)
    /// What a device says.
    func received(_ event: PositioningEvent, from device: GatewayDevice)
    /// That was all for now: what is gathered for one write is written.
    func flush()
    /// The position, from whichever device counts now; without a fix when none has one.
    func positionChosen(_ fix: Fix)
    /// Closes what is open.
    func stop()
}

extension Outlet {
    public var clientCount: Int? { nil }
    public func deviceChanged(_ device: GatewayDevice) {}
    public func received(_ batch: SentenceBatch, from device: GatewayDevice) {}
    public func received(_ event: PositioningEvent, from device: GatewayDevice) {}
    public func positionChosen(_ fix: Fix) {}
    public func flush() {}
}

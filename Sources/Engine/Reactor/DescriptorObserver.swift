/// What is told when a watched descriptor is ready.
public protocol DescriptorObserver: AnyObject {
    /// The descriptor that was registered as `token` is ready.
    func ready(_ readiness: Readiness, _ token: Token)
    /// Ends the observation for good: the reactor stops. Closes its descriptors, tells its owner.
    func reactorStopped()
    /// Who this is, for the watchdog's log.
    var label: String { get }
}

extension DescriptorObserver {
    public func reactorStopped() {}
    public var label: String { String(describing: type(of: self)) }
}

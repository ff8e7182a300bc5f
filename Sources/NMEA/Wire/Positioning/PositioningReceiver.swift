/// What wants to know where a receiver is: implement what you need.
///
/// All calls come in the order of the stream, on the thread that feeds it.
public protocol PositioningReceiver: AnyObject {
    /// Takes any event; unless implemented, it calls the methods below.
    func received(_ event: PositioningEvent)

    /// Where the receiver is, once for each epoch; a second time, `isAmended`, if more came late.
    func positionReceived(_ fix: Fix)
    /// The receiver says that it has no fix; once for each epoch, the first one is the loss.
    func fixMissing(_ fix: Fix)
    /// The satellites in view.
    func satellitesReceived(_ sky: Sky)
    /// UTC, with the first sentence of an epoch.
    func timeReceived(_ report: TimeReport)
    /// Where the bow points.
    func headingReceived(_ heading: Heading)
    /// Metres a second over ground, and degrees from true north where they are known.
    func speedReceived(_ speed: Double, course: Double?, in fix: Fix)
    /// Metres a second; positive is up.
    func climbReceived(_ climb: Double, in fix: Fix)
    /// Dilutions of precision, and how far off the position may be.
    func accuracyReceived(_ dilution: Dilution, _ errors: ErrorEstimate?, in fix: Fix)
    /// More is known of the device.
    func deviceIdentified(_ identity: ReceiverIdentity)
}

extension PositioningReceiver {
    public func received(_ event: PositioningEvent) { dispatch(event) }

    /// Calls the methods that an event is for.
    public func dispatch(_ event: PositioningEvent) {
        switch event {
        case .position(let fix):
            positionReceived(fix)
            movement(fix)
            if fix.dilution != Dilution() || fix.errors != nil {
                accuracyReceived(fix.dilution, fix.errors, in: fix)
            }
        case .noFix(let fix): fixMissing(fix)
        case .movement(let fix): movement(fix)
        case .satellites(let sky): satellitesReceived(sky)
        case .time(let report): timeReceived(report)
        case .heading(let heading): headingReceived(heading)
        case .identity(let identity): deviceIdentified(identity)
        }
    }

    private func movement(_ fix: Fix) {
        if let speed = fix.speed { speedReceived(speed, course: fix.course, in: fix) }
        if let climb = fix.climb { climbReceived(climb, in: fix) }
    }

    public func positionReceived(_ fix: Fix) {}
    public func fixMissing(_ fix: Fix) {}
    public func satellitesReceived(_ sky: Sky) {}
    public func timeReceived(_ report: TimeReport) {}
    public func headingReceived(_ heading: Heading) {}
    public func speedReceived(_ speed: Double, course: Double?, in fix: Fix) {}
    public func climbReceived(_ climb: Double, in fix: Fix) {}
    public func accuracyReceived(_ dilution: Dilution, _ errors: ErrorEstimate?, in fix: Fix) {}
    public func deviceIdentified(_ identity: ReceiverIdentity) {}
}

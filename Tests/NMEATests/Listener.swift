import FairleadNMEA
import FairleadNMEAWire

/// Keeps what it hears.
final class Listener: PositioningReceiver {
    var fixes: [Fix] = []
    var missing = 0
    var skies: [Sky] = []
    var times: [TimeReport] = []
    var speeds: [Double] = []
    var accuracies: [ErrorEstimate] = []

    func positionReceived(_ fix: Fix) { fixes.append(fix) }
    func fixMissing(_ fix: Fix) { missing += 1 }
    func satellitesReceived(_ sky: Sky) { skies.append(sky) }
    func timeReceived(_ report: TimeReport) { times.append(report) }
    func speedReceived(_ speed: Double, course: Double?, in fix: Fix) { speeds.append(speed) }
    func accuracyReceived(_ dilution: Dilution, _ errors: ErrorEstimate?, in fix: Fix) {
        if let errors { accuracies.append(errors) }
    }

    /// The seconds of the fixes in their order; amended ones have a minus.
    var seconds: [Int] {
        fixes.compactMap { fix in
            fix.time.map { fix.isAmended ? -Int($0.second) : Int($0.second) }
        }
    }
}

import FairleadEngine
import FairleadWire

/// Whom an outlet is open to, by its place alone.
enum Exposure {
    /// In words, where that is not this machine only; nil where it is, or where it only sends.
    static func words(_ plan: OutletPlan) -> String? {
        guard let string = try? EndpointString(plan.place), ["tcp", "tcp6"].contains(string.kind),
            !["bot", "pty", "history"].contains(plan.kind)
        else { return nil }
        let place = string.arguments.first { $0.key == "interface" }?.value
        if let place, isOwn(place) { return nil }
        let reach =
            place.map { "everybody who reaches \($0)" } ?? "everybody who reaches this machine"
        return "\(plan) is open to \(reach): they can read where it is"
    }

    private static func isOwn(_ host: String) -> Bool {
        if let four = IPv4Address(host) { return four.description.hasPrefix("127.") }
        return host == "::1" || host == "[::1]" || host == "localhost"
    }
}

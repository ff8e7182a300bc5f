/// One way out, as it was asked for: `KIND=PLACE`, and what else is set of it.
public struct OutletPlan: Hashable, Sendable, CustomStringConvertible {
    /// A name of `OutletTable`: `nmea`.
    public var kind: String
    /// Mostly an endpoint string: `tcp:10110`.
    public var place: String
    /// What is set, by name; a single value is a list of one.
    public var settings: [String: [String]]

    public init(kind: String, place: String, settings: [String: [String]] = [:]) {
        self.kind = kind
        self.place = place
        self.settings = settings
    }

    /// The form of the command line, `KIND=PLACE`.
    public init(_ text: String) throws(OutletError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            let names = OutletTable.kinds.map(\.name).joined(separator: ", ")
            throw OutletError(text, expected: "KIND=ENDPOINT with one of \(names)")
        }
        self.init(kind: String(parts[0]), place: String(parts[1]))
    }

    /// Several of them.
    public static func all(_ texts: [String]) throws(OutletError) -> [OutletPlan] {
        var plans: [OutletPlan] = []
        for text in texts { plans.append(try OutletPlan(text)) }
        return plans
    }

    public var description: String { "\(kind)=\(place)" }
}

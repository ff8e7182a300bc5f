/// The waypoints of a route, perhaps over several sentences.
///
/// Source: NMEA 0183 4.11, 8.3 RTE.
public struct RTE: TypedSentence {
    public static var kind: SentenceKind { .rte }

    /// How many sentences the route has.
    public var total: UInt16?
    /// Which of them this is.
    public var number: UInt16?
    /// `c` the complete route, `w` the rest of it with the waypoint just left first.
    public var type: PlainLetter?
    /// The route's name.
    public var route: String?
    /// Names of waypoints, none of them empty.
    public var waypoints: [String] = []

    public init() {}

    public mutating func code(_ fields: inout some FieldCoder) {
        fields.integer(&total)
        fields.integer(&number)
        fields.letter(&type)
        fields.text(&route)
        fields.mayEndHere()
        guard let remaining = fields.remaining else {
            for waypoint in waypoints {
                var name: String? = waypoint
                fields.text(&name)
            }
            return
        }
        for _ in 0..<remaining {
            var name: String?
            fields.text(&name)
            if let name { waypoints.append(name) }
        }
    }
}

/// The satellites in view, of all systems.
public struct Sky: Hashable, Sendable {
    /// The device that sees them, by the name that its assembler was given.
    public var device = ""
    /// UTC of the epoch that they belong to.
    public var time: UTCTime?
    /// In the order in which the receiver names them.
    public var satellites: [Satellite] = []

    public init() {}

    /// How many of them take part in the fix.
    public var used: Int { satellites.count { $0.isUsed } }
}

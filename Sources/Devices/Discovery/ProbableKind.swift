/// What a device probably is, by its USB numbers: never a promise, for bridges are in everything.
public struct ProbableKind: Hashable, Sendable, CustomStringConvertible {
    /// What it is for.
    public enum Role: String, Hashable, Sendable {
        /// A receiver of positions, and nothing else.
        case receiver
        /// A chip between USB and a serial line, with anything behind it, often a receiver.
        case bridge
        /// A mobile phone modem, many of which have a receiver on one of their ports.
        case modem
        /// Nobody knows.
        case unknown
    }

    public let role: Role
    /// Maker and model: `u-blox 8`.
    public let name: String

    /// Whether looking for a receiver here makes sense without being asked to.
    public var mayBeReceiver: Bool { role == .receiver || role == .bridge }

    public var description: String { role == .unknown ? name : "\(name) (\(role.rawValue))" }

    static let unknown = ProbableKind(role: .unknown, name: "serial port")
}

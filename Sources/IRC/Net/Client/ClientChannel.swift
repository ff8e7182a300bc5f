import FairleadIRCWire

/// A channel that we are in, as the server has told it.
public struct ClientChannel: Hashable, Sendable {
    /// Somebody in the channel.
    public struct Member: Hashable, Sendable {
        public var nickname: String
        /// The modes of its ranks, for example `o`.
        public var ranks: Set<Character> = []
        /// Whether it is away, where the server tells it.
        public var isAway = false
    }

    public let name: String
    public internal(set) var topic = ""
    /// Who has set the topic, and when.
    public internal(set) var topicSetBy: String?
    public internal(set) var topicTime: Timestamp?
    /// The modes that are set, with their arguments; lists of masks are not among them.
    public internal(set) var modes: [Character: String] = [:]
    /// Whether the list of members is whole.
    public internal(set) var isComplete = false

    /// By folded nickname.
    var membersByName: [String: Member] = [:]

    init(_ name: String) { self.name = name }

    /// Everybody in the channel, by nickname.
    public var members: [Member] {
        membersByName.values.sorted { $0.nickname < $1.nickname }
    }
}

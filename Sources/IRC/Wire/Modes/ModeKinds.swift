/// Which channel modes there are and which of them take an argument: CHANMODES and PREFIX.
public struct ModeKinds: Hashable, Sendable {
    /// A rank that a member can have: its mode and the mark before the nickname.
    public struct Rank: Hashable, Sendable {
        public let mode: Character
        public let mark: Character

        public init(_ mode: Character, _ mark: Character) {
            self.mode = mode
            self.mark = mark
        }
    }

    /// Lists of masks: always with an argument; without one they are asked for.
    public var lists: Set<Character>
    /// With an argument both when set and when taken away.
    public var settings: Set<Character>
    /// With an argument when set only.
    public var limits: Set<Character>
    /// Without an argument.
    public var flags: Set<Character>
    /// From the highest to the lowest.
    public var ranks: [Rank]

    /// What RFC 2811 has, which holds until a server says otherwise.
    public init() {
        lists = ["b", "e", "I"]
        settings = ["k"]
        limits = ["l"]
        flags = ["i", "m", "n", "p", "s", "t"]
        ranks = [Rank("o", "@"), Rank("v", "+")]
    }

    /// The rank of a mode; nil where it is none.
    public func rank(of mode: Character) -> Rank? { ranks.first { $0.mode == mode } }

    /// The rank of a mark; nil where it is none.
    public func rank(marked mark: Character) -> Rank? { ranks.first { $0.mark == mark } }

    func takesArgument(_ mode: Character, whenSet isSet: Bool) -> Bool {
        lists.contains(mode) || settings.contains(mode) || rank(of: mode) != nil
            || isSet && limits.contains(mode)
    }
}

import FairleadIRCWire

/// A channel: who is in it, its topic and its modes.
final class ServerChannel {
    /// What a member may do.
    struct Rank: OptionSet, Hashable {
        let rawValue: UInt8
        static let voice = Rank(rawValue: 1)
        static let chanop = Rank(rawValue: 2)

        /// The marks before a nickname, the highest only or all.
        func marks(all: Bool) -> String {
            let marks = (contains(.chanop) ? "@" : "") + (contains(.voice) ? "+" : "")
            return all ? marks : String(marks.prefix(1))
        }
    }

    struct Member {
        let user: ServerUser
        var rank: Rank
    }

    /// One entry of a list of masks.
    struct Entry {
        let mask: IRCMask
        let setBy: String
        let time: Timestamp
    }

    let name: String
    let created: Timestamp
    var members: [ObjectIdentifier: Member] = [:]
    var topic: (text: String, setBy: String, time: Timestamp)?
    var flags: Set<Character> = ["n", "t"]
    var key: String?
    var limit: Int?
    /// Masks by the mode of their list: `b`, `e` and `I`.
    var lists: [Character: [Entry]] = [:]

    init(_ name: String, at time: Timestamp) {
        self.name = name
        created = time
    }

    func rank(of user: ServerUser) -> Rank? { members[ObjectIdentifier(user)]?.rank }
    func has(_ user: ServerUser) -> Bool { members[ObjectIdentifier(user)] != nil }
    func isChanop(_ user: ServerUser) -> Bool { rank(of: user)?.contains(.chanop) == true }

    /// Whether a list has a mask for the user.
    func lists(_ mode: Character, _ user: ServerUser) -> Bool {
        guard let entries = lists[mode], !entries.isEmpty else { return false }
        let name = user.source.description
        return entries.contains { $0.mask.matches(name) }
    }

    func isBanned(_ user: ServerUser) -> Bool { lists("b", user) && !lists("e", user) }

    /// Whether the user may speak here.
    func hears(_ user: ServerUser) -> Bool {
        let rank = rank(of: user)
        if let rank, !rank.isEmpty { return true }
        if rank == nil, flags.contains("n") { return false }
        return !flags.contains("m") && !isBanned(user)
    }

    /// Whether somebody outside may know of it.
    func isVisible(to user: ServerUser) -> Bool {
        !flags.contains("s") || has(user) || user.isOperator
    }

    /// The modes with their arguments; the key is for members only.
    func modeParameters(for user: ServerUser) -> [String] {
        var modes = "+" + flags.sorted().map { String($0) }.joined()
        var arguments: [String] = []
        if let key {
            modes += "k"
            arguments.append(has(user) || user.isOperator ? key : "*")
        }
        if let limit {
            modes += "l"
            arguments.append(String(limit))
        }
        return [modes] + arguments
    }
}

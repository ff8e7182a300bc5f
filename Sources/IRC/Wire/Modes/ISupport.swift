// What a server says about itself in numeric 005. Before it speaks, and about what it leaves out,
// the values of the RFC hold. Tokens are kept as they came; those that decide about something
// are read here. Numbers out of range are as if they were missing.
import FairleadWire

/// The features of a server.
public struct ISupport: Hashable, Sendable {
    /// Every token with its value, by its name.
    public private(set) var tokens: [String: String] = [:]

    public private(set) var caseMapping = CaseMapping.rfc1459
    public private(set) var modes = ModeKinds()
    /// What the name of a channel begins with.
    public private(set) var channelTypes: Set<Character> = ["#", "&"]

    public init() {}

    /// The name of the network.
    public var network: String? { tokens["NETWORK"] }
    public var nicknameLength: Int { number("NICKLEN", 9) }
    public var channelLength: Int { number("CHANNELLEN", 200) }
    public var topicLength: Int { number("TOPICLEN", 390) }
    /// Mode changes with an argument in one line.
    public var modesPerLine: Int { max(number("MODES", 3), 1) }

    /// Whether a target is a channel, also with the mark of a rank before it (STATUSMSG).
    public func isChannel(_ target: String) -> Bool {
        target.unicodeScalars.first.map { channelTypes.contains(Character($0)) } ?? false
    }

    /// The channel of a target such as `@#chart`: STATUSMSG's mark taken off.
    public func channel(of target: String) -> String? {
        if isChannel(target) { return target }
        let marks = tokens["STATUSMSG"] ?? ""
        guard let first = target.unicodeScalars.first, marks.unicodeScalars.contains(first) else {
            return nil
        }
        let rest = String(target.unicodeScalars.dropFirst())
        return isChannel(rest) ? rest : nil
    }

    /// Takes the parameters of a 005: the first is our nickname, the last a text for people.
    public mutating func read(_ parameters: [String]) {
        for token in parameters.dropFirst().dropLast() {
            if token.utf8.first == UInt8(ascii: "-") {
                remove(String(token.unicodeScalars.dropFirst()))
            } else {
                let parts = token.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                set(String(parts[0]), parts.count > 1 ? Self.unescaped(parts[1]) : "")
            }
        }
    }

    private mutating func remove(_ name: String) {
        tokens[name] = nil
        let plain = ISupport()
        switch name {
        case "CASEMAPPING": caseMapping = plain.caseMapping
        case "CHANTYPES": channelTypes = plain.channelTypes
        case "CHANMODES", "PREFIX": modes = plain.modes
        default: break
        }
    }

    private mutating func set(_ name: String, _ value: String) {
        guard !name.isEmpty, tokens[name] != nil || tokens.count < Self.maximumTokens else {
            return
        }
        tokens[name] = value
        switch name {
        case "CASEMAPPING": caseMapping = CaseMapping(rawValue: value) ?? caseMapping
        case "CHANTYPES": channelTypes = Set(value.unicodeScalars.map { Character($0) })
        case "CHANMODES": readModes(value)
        case "PREFIX": readRanks(value)
        default: break
        }
    }

    /// A server that never stops telling must not fill our memory.
    private static let maximumTokens = 500

    private mutating func readModes(_ value: String) {
        let groups = value.split(separator: ",", omittingEmptySubsequences: false).map {
            Set($0.unicodeScalars.map { Character($0) })
        }
        guard groups.count >= 4 else { return }
        modes.lists = groups[0]
        modes.settings = groups[1]
        modes.limits = groups[2]
        modes.flags = groups[3]
    }

    /// `(ov)@+`; empty where there are no ranks.
    private mutating func readRanks(_ value: String) {
        if value.isEmpty { return modes.ranks = [] }
        let parts = value.dropFirst().split(separator: ")", maxSplits: 1)
        guard value.utf8.first == UInt8(ascii: "("), parts.count == 2 else { return }
        modes.ranks = zip(parts[0].unicodeScalars, parts[1].unicodeScalars).map {
            ModeKinds.Rank(Character($0), Character($1))
        }
    }

    private func number(_ name: String, _ otherwise: Int) -> Int {
        guard let value = tokens[name], let number = decimalNumber(value.utf8, atMost: 1 << 20)
        else { return otherwise }
        return Int(clamping: number)
    }

    /// `\x20` and the like.
    private static func unescaped(_ value: Substring) -> String {
        guard value.utf8.contains(UInt8(ascii: "\\")) else { return String(value) }
        let bytes = Array(value.utf8)
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\"), index + 3 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "x"),
                let high = Character(Unicode.Scalar(bytes[index + 2])).hexDigitValue,
                let low = Character(Unicode.Scalar(bytes[index + 3])).hexDigitValue
            {
                plain.append(UInt8(high << 4 | low))
                index += 4
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return IRCText.decode(plain[...])
    }
}

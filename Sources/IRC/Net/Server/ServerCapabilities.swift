import FairleadIRCWire

/// The IRCv3 capabilities that a client of ours has asked for.
struct ServerCapabilities: OptionSet, Hashable {
    let rawValue: UInt8
    static let messageTags = ServerCapabilities(rawValue: 1)
    static let serverTime = ServerCapabilities(rawValue: 2)
    static let accountTag = ServerCapabilities(rawValue: 4)
    static let echoMessage = ServerCapabilities(rawValue: 8)
    static let awayNotify = ServerCapabilities(rawValue: 16)
    static let multiPrefix = ServerCapabilities(rawValue: 32)
    static let sasl = ServerCapabilities(rawValue: 64)
    static let capNotify = ServerCapabilities(rawValue: 128)

    /// Those that decide about the bytes of a line.
    static let tagging: ServerCapabilities = [.messageTags, .serverTime, .accountTag]

    static let names: [(name: String, capability: ServerCapabilities)] = [
        ("account-tag", .accountTag), ("away-notify", .awayNotify), ("cap-notify", .capNotify),
        ("echo-message", .echoMessage), ("message-tags", .messageTags),
        ("multi-prefix", .multiPrefix), ("sasl", .sasl), ("server-time", .serverTime),
    ]
}

import FairleadIRCWire

/// What a server knows about a user.
public struct WhoisReply: Hashable, Sendable {
    public internal(set) var nickname: String
    public internal(set) var userName = ""
    public internal(set) var host = ""
    public internal(set) var realName = ""
    public internal(set) var server = ""
    /// The account, where it is logged in.
    public internal(set) var account: String?
    /// Why it is away; nil where it is not.
    public internal(set) var awayMessage: String?
    public internal(set) var isOperator = false
    public internal(set) var isSecure = false
    /// Seconds since it last spoke.
    public internal(set) var idleSeconds: Int?
    public internal(set) var signedOn: Timestamp?
    /// Its channels, with the marks of its ranks.
    public internal(set) var channels: [String] = []

    init(_ nickname: String) { self.nickname = nickname }

    /// Takes one of the numerics of an answer.
    mutating func take(_ numeric: Numeric, _ message: IRCMessage) {
        switch numeric {
        case .whoisUser:
            nickname = message[1] ?? nickname
            userName = message[2] ?? ""
            host = message[3] ?? ""
            realName = message.text
        case .whoisServer: server = message[2] ?? ""
        case .whoisAccount: account = message[2]
        case .awayReply: awayMessage = message.text
        case .whoisOperator: isOperator = true
        case .whoisSecure: isSecure = true
        case .whoisChannels where channels.count < 1000:
            channels += message.text.split(separator: " ").map(String.init)
        case .whoisIdle:
            idleSeconds = message[2].flatMap(number)
            signedOn = message[3].flatMap(number).map {
                Timestamp(milliseconds: Int64($0) * 1000)
            }
        default: break
        }
    }
}

// The numeric replies that client and server use, as a table: number, name in the RFCs (1459,
// 2812, 7194 and the IRCv3 documents), and the text for people where it is always the same. A
// number that is not here is no fault: it is a command like any other.

/// A numeric reply.
public enum Numeric: Int, CaseIterable, Hashable, Sendable {
    case welcome = 1
    case yourHost = 2
    case created = 3
    case myInfo = 4
    case isupport = 5
    case endOfStats = 219
    case userModeIs = 221
    case uptime = 242
    case statsOperator = 243
    case luserClient = 251
    case luserOperators = 252
    case luserUnknown = 253
    case luserChannels = 254
    case luserMe = 255
    case adminMe = 256
    case adminLocation1 = 257
    case adminEmail = 259
    case localUsers = 265
    case globalUsers = 266
    case awayReply = 301
    case userhostReply = 302
    case isonReply = 303
    case unaway = 305
    case nowAway = 306
    case whoisUser = 311
    case whoisServer = 312
    case whoisOperator = 313
    case whowasUser = 314
    case endOfWho = 315
    case whoisIdle = 317
    case endOfWhois = 318
    case whoisChannels = 319
    case listStart = 321
    case list = 322
    case listEnd = 323
    case channelModeIs = 324
    case creationTime = 329
    case whoisAccount = 330
    case noTopic = 331
    case topicReply = 332
    case topicWhoTime = 333
    case whoisActually = 338
    case inviting = 341
    case inviteExceptionList = 346
    case endOfInviteExceptionList = 347
    case exceptionList = 348
    case endOfExceptionList = 349
    case versionReply = 351
    case whoReply = 352
    case namesReply = 353
    case linksReply = 364
    case endOfLinks = 365
    case endOfNames = 366
    case banList = 367
    case endOfBanList = 368
    case endOfWhowas = 369
    case infoReply = 371
    case motdReply = 372
    case endOfInfo = 374
    case motdStart = 375
    case endOfMotd = 376
    case youAreOperator = 381
    case timeReply = 391
    case noSuchNick = 401
    case noSuchServer = 402
    case noSuchChannel = 403
    case cannotSend = 404
    case tooManyChannels = 405
    case wasNoSuchNick = 406
    case tooManyTargets = 407
    case noOrigin = 409
    case invalidCapCommand = 410
    case noRecipient = 411
    case noText = 412
    case tooManyMatches = 416
    case inputTooLong = 417
    case unknownCommand = 421
    case noMotd = 422
    case noNicknameGiven = 431
    case erroneousNickname = 432
    case nicknameInUse = 433
    case nickCollision = 436
    case unavailableResource = 437
    case userNotInChannel = 441
    case notOnChannel = 442
    case userOnChannel = 443
    case notRegistered = 451
    case needMoreParameters = 461
    case alreadyRegistered = 462
    case passwordMismatch = 464
    case youAreBanned = 465
    case channelIsFull = 471
    case unknownMode = 472
    case inviteOnly = 473
    case bannedFromChannel = 474
    case badChannelKey = 475
    case badChannelMask = 476
    case needsRegisteredNick = 477
    case banListFull = 478
    case noPrivileges = 481
    case notChannelOperator = 482
    case noOperatorHost = 491
    case unknownUserMode = 501
    case usersDoNotMatch = 502
    case invalidKey = 525
    case whoisSecure = 671
    case invalidModeArgument = 696
    case loggedIn = 900
    case loggedOut = 901
    case nickLocked = 902
    case saslSuccess = 903
    case saslFail = 904
    case saslTooLong = 905
    case saslAborted = 906
    case saslAlready = 907
    case saslMechanisms = 908

    /// Its name in the documents, for example `RPL_WELCOME`.
    public var name: String { row.name }

    /// The text that goes with it; empty where it is different each time.
    public var text: String { row.text }

    private var row: Row { Self.table[self] ?? Row("", "") }

    private struct Row: Sendable {
        let name: String
        let text: String

        init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    private static let table: [Numeric: Row] = [
        .welcome: Row("RPL_WELCOME", ""),
        .yourHost: Row("RPL_YOURHOST", ""),
        .created: Row("RPL_CREATED", ""),
        .myInfo: Row("RPL_MYINFO", ""),
        .isupport: Row("RPL_ISUPPORT", "are supported by this server"),
        .endOfStats: Row("RPL_ENDOFSTATS", "End of STATS report"),
        .userModeIs: Row("RPL_UMODEIS", ""),
        .uptime: Row("RPL_STATSUPTIME", ""),
        .statsOperator: Row("RPL_STATSOLINE", ""),
        .luserClient: Row("RPL_LUSERCLIENT", ""),
        .luserOperators: Row("RPL_LUSEROP", "operator(s) online"),
        .luserUnknown: Row("RPL_LUSERUNKNOWN", "unknown connection(s)"),
        .luserChannels: Row("RPL_LUSERCHANNELS", "channels formed"),
        .luserMe: Row("RPL_LUSERME", ""),
        .adminMe: Row("RPL_ADMINME", "Administrative info"),
        .adminLocation1: Row("RPL_ADMINLOC1", ""),
        .adminEmail: Row("RPL_ADMINEMAIL", ""),
        .localUsers: Row("RPL_LOCALUSERS", ""),
        .globalUsers: Row("RPL_GLOBALUSERS", ""),
        .awayReply: Row("RPL_AWAY", ""),
        .userhostReply: Row("RPL_USERHOST", ""),
        .isonReply: Row("RPL_ISON", ""),
        .unaway: Row("RPL_UNAWAY", "You are no longer marked as being away"),
        .nowAway: Row("RPL_NOWAWAY", "You have been marked as being away"),
        .whoisUser: Row("RPL_WHOISUSER", ""),
        .whoisServer: Row("RPL_WHOISSERVER", ""),
        .whoisOperator: Row("RPL_WHOISOPERATOR", "is an IRC operator"),
        .whowasUser: Row("RPL_WHOWASUSER", ""),
        .endOfWho: Row("RPL_ENDOFWHO", "End of WHO list"),
        .whoisIdle: Row("RPL_WHOISIDLE", "seconds idle, signon time"),
        .endOfWhois: Row("RPL_ENDOFWHOIS", "End of /WHOIS list"),
        .whoisChannels: Row("RPL_WHOISCHANNELS", ""),
        .listStart: Row("RPL_LISTSTART", "Users  Name"),
        .list: Row("RPL_LIST", ""),
        .listEnd: Row("RPL_LISTEND", "End of /LIST"),
        .channelModeIs: Row("RPL_CHANNELMODEIS", ""),
        .creationTime: Row("RPL_CREATIONTIME", ""),
        .whoisAccount: Row("RPL_WHOISACCOUNT", "is logged in as"),
        .noTopic: Row("RPL_NOTOPIC", "No topic is set"),
        .topicReply: Row("RPL_TOPIC", ""),
        .topicWhoTime: Row("RPL_TOPICWHOTIME", ""),
        .whoisActually: Row("RPL_WHOISACTUALLY", ""),
        .inviting: Row("RPL_INVITING", ""),
        .inviteExceptionList: Row("RPL_INVEXLIST", ""),
        .endOfInviteExceptionList: Row(
            "RPL_ENDOFINVEXLIST", "End of channel invite exception list"),
        .exceptionList: Row("RPL_EXCEPTLIST", ""),
        .endOfExceptionList: Row("RPL_ENDOFEXCEPTLIST", "End of channel exception list"),
        .versionReply: Row("RPL_VERSION", ""),
        .whoReply: Row("RPL_WHOREPLY", ""),
        .namesReply: Row("RPL_NAMREPLY", ""),
        .linksReply: Row("RPL_LINKS", ""),
        .endOfLinks: Row("RPL_ENDOFLINKS", "End of LINKS list"),
        .endOfNames: Row("RPL_ENDOFNAMES", "End of /NAMES list"),
        .banList: Row("RPL_BANLIST", ""),
        .endOfBanList: Row("RPL_ENDOFBANLIST", "End of channel ban list"),
        .endOfWhowas: Row("RPL_ENDOFWHOWAS", "End of WHOWAS"),
        .infoReply: Row("RPL_INFO", ""),
        .motdReply: Row("RPL_MOTD", ""),
        .endOfInfo: Row("RPL_ENDOFINFO", "End of /INFO list"),
        .motdStart: Row("RPL_MOTDSTART", ""),
        .endOfMotd: Row("RPL_ENDOFMOTD", "End of /MOTD command"),
        .youAreOperator: Row("RPL_YOUREOPER", "You are now an IRC operator"),
        .timeReply: Row("RPL_TIME", ""),
        .noSuchNick: Row("ERR_NOSUCHNICK", "No such nick/channel"),
        .noSuchServer: Row("ERR_NOSUCHSERVER", "No such server"),
        .noSuchChannel: Row("ERR_NOSUCHCHANNEL", "No such channel"),
        .cannotSend: Row("ERR_CANNOTSENDTOCHAN", "Cannot send to channel"),
        .tooManyChannels: Row("ERR_TOOMANYCHANNELS", "You have joined too many channels"),
        .wasNoSuchNick: Row("ERR_WASNOSUCHNICK", "There was no such nickname"),
        .tooManyTargets: Row("ERR_TOOMANYTARGETS", "Too many recipients"),
        .noOrigin: Row("ERR_NOORIGIN", "No origin specified"),
        .invalidCapCommand: Row("ERR_INVALIDCAPCMD", "Invalid CAP subcommand"),
        .noRecipient: Row("ERR_NORECIPIENT", "No recipient given"),
        .noText: Row("ERR_NOTEXTTOSEND", "No text to send"),
        .tooManyMatches: Row("ERR_TOOMANYMATCHES", "Output too long"),
        .inputTooLong: Row("ERR_INPUTTOOLONG", "Input line was too long"),
        .unknownCommand: Row("ERR_UNKNOWNCOMMAND", "Unknown command"),
        .noMotd: Row("ERR_NOMOTD", "There is no MOTD"),
        .noNicknameGiven: Row("ERR_NONICKNAMEGIVEN", "No nickname given"),
        .erroneousNickname: Row("ERR_ERRONEUSNICKNAME", "Erroneous nickname"),
        .nicknameInUse: Row("ERR_NICKNAMEINUSE", "Nickname is already in use"),
        .nickCollision: Row("ERR_NICKCOLLISION", "Nickname collision"),
        .unavailableResource: Row(
            "ERR_UNAVAILRESOURCE", "Nick/channel is temporarily unavailable"),
        .userNotInChannel: Row("ERR_USERNOTINCHANNEL", "They aren't on that channel"),
        .notOnChannel: Row("ERR_NOTONCHANNEL", "You're not on that channel"),
        .userOnChannel: Row("ERR_USERONCHANNEL", "is already on channel"),
        .notRegistered: Row("ERR_NOTREGISTERED", "You have not registered"),
        .needMoreParameters: Row("ERR_NEEDMOREPARAMS", "Not enough parameters"),
        .alreadyRegistered: Row("ERR_ALREADYREGISTRED", "You may not reregister"),
        .passwordMismatch: Row("ERR_PASSWDMISMATCH", "Password incorrect"),
        .youAreBanned: Row("ERR_YOUREBANNEDCREEP", "You are banned from this server"),
        .channelIsFull: Row("ERR_CHANNELISFULL", "Cannot join channel (+l)"),
        .unknownMode: Row("ERR_UNKNOWNMODE", "is unknown mode char to me"),
        .inviteOnly: Row("ERR_INVITEONLYCHAN", "Cannot join channel (+i)"),
        .bannedFromChannel: Row("ERR_BANNEDFROMCHAN", "Cannot join channel (+b)"),
        .badChannelKey: Row("ERR_BADCHANNELKEY", "Cannot join channel (+k)"),
        .badChannelMask: Row("ERR_BADCHANMASK", "Bad channel name"),
        .needsRegisteredNick: Row(
            "ERR_NEEDREGGEDNICK", "You need to be identified to join that channel"),
        .banListFull: Row("ERR_BANLISTFULL", "Channel list is full"),
        .noPrivileges: Row("ERR_NOPRIVILEGES", "Permission denied: you're not an IRC operator"),
        .notChannelOperator: Row("ERR_CHANOPRIVSNEEDED", "You're not channel operator"),
        .noOperatorHost: Row("ERR_NOOPERHOST", "No operators for your host"),
        .unknownUserMode: Row("ERR_UMODEUNKNOWNFLAG", "Unknown MODE flag"),
        .usersDoNotMatch: Row("ERR_USERSDONTMATCH", "Can't change mode for other users"),
        .invalidKey: Row("ERR_INVALIDKEY", "Key is not well-formed"),
        .whoisSecure: Row("RPL_WHOISSECURE", "is using a secure connection"),
        .invalidModeArgument: Row("ERR_INVALIDMODEPARAM", "Invalid mode parameter"),
        .loggedIn: Row("RPL_LOGGEDIN", ""),
        .loggedOut: Row("RPL_LOGGEDOUT", "You are now logged out"),
        .nickLocked: Row("ERR_NICKLOCKED", "You must use a nick assigned to you"),
        .saslSuccess: Row("RPL_SASLSUCCESS", "SASL authentication successful"),
        .saslFail: Row("ERR_SASLFAIL", "SASL authentication failed"),
        .saslTooLong: Row("ERR_SASLTOOLONG", "SASL message too long"),
        .saslAborted: Row("ERR_SASLABORTED", "SASL authentication aborted"),
        .saslAlready: Row("ERR_SASLALREADY", "You have already authenticated using SASL"),
        .saslMechanisms: Row("RPL_SASLMECHS", "are available SASL mechanisms"),
    ]
}

import FairleadEngine
import FairleadIRC
import FairleadIRCWire
import FairleadWire

/// A small IRC server of our own, with the bot `gps` in #gps: any IRC client can watch.
final class IRCOutlet: Outlet {
    static let kind = OutletTable.Kind(
        name: "irc", summary: "a small IRC server with a bot in #gps",
        usual: "tcp:6667:interface=127.0.0.1", settings: PositionTalker.settings
    ) { plan, settings in
        _ = try Endpoints.standard.server(plan.place)
        let rules = try PositionTalker.Rules(&settings)
        return { parts in try IRCOutlet(plan.place, rules, parts.hub) }
    }

    let description: String
    private let server: IRCServer
    private let talker: PositionTalker
    var clientCount: Int? { server.connectionCount }

    private static let channel = "#gps"

    /// What is said to the bot is answered where it was said.
    private final class Ear: ServerBotHandler {
        var talker: PositionTalker?

        func received(_ message: IRCMessage, for bot: ServerBot) {
            guard message.command == .privmsg, let sender = message.source else { return }
            let target = message[0] == bot.nickname ? sender.name : message[0] ?? sender.name
            for line in talker?.answer(to: message.text) ?? [] { bot.say(line, to: target) }
        }
    }

    init(_ text: String, _ rules: PositionTalker.Rules, _ hub: Hub) throws {
        description = "IRC on \(text), channel \(Self.channel)"
        var options = IRCServerOptions()
        options.motd = ["Fairlead guides lines.", "Join \(Self.channel) and say !help."]
        server = IRCServer(options, on: hub.reactor)
        let ear = Ear()
        let bot = try server.addBot("gps", ear)
        bot.join(Self.channel)
        talker = PositionTalker(hub, rules) { bot.say($0, to: Self.channel) }
        ear.talker = talker
        try server.listen(text)
    }

    func stop() {
        talker.stop()
        server.stop("The gateway stops")
    }
}

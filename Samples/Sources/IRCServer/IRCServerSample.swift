// A server for any IRC client, with a bot of its own in #chart that repeats what is said to it.
//   IRCServer [tcp:6667:interface=127.0.0.1]
import FairleadEngine
import FairleadIRC
import FairleadIRCWire

final class Echo: ServerBotHandler {
    func received(_ message: IRCMessage, for bot: ServerBot) {
        guard message.command == .privmsg, let sender = message.source,
            message[0] == bot.nickname
        else { return }
        bot.say("you said: \(message.text)", to: sender.name)
    }
}

@main
enum IRCServerSample {
    static func main() {
        Reactor.main { reactor in
            var options = IRCServerOptions()
            options.motd = ["Fairlead guides lines.", "Join #chart, or talk to echo."]
            let server = IRCServer(options, on: reactor)
            try server.addBot("echo", Echo()).join("#chart")
            try server.listen(
                CommandLine.arguments.dropFirst().first ?? "tcp:6667:interface=127.0.0.1")
        }
    }
}

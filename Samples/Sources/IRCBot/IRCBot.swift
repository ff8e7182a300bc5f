// Joins a channel and tells the time to whoever says `!time`; comes back when the server does.
//   IRCBot tcp:localhost:6667 '#chart' [NICKNAME]
import FairleadEngine
import FairleadIRC
import FairleadIRCWire

final class TimeTeller: IRCClientHandler {
    func said(_ words: IRCWords, _ client: IRCClient) throws {
        guard words.text == "!time" else { return }
        try client.say("\(words.sender.name): \(currentTime().readable)", to: words.replyTarget)
    }

    func joined(_ channel: String, _ user: IRCSource, _ client: IRCClient) {
        if client.isOurs(user.name) { print("in \(channel) as \(client.nickname)") }
    }

    func disconnected(_ reason: any Error, retryAfter pause: Duration, _ client: IRCClient) {
        print("\(reason); again in \(pause)")
    }
}

@main
enum IRCBot {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let server = arguments.first ?? "tcp:localhost:6667"
        var options = IRCClientOptions(nickname: arguments.count > 2 ? arguments[2] : "clock")
        options.channels = [(arguments.count > 1 ? arguments[1] : "#chart", nil)]
        Reactor.main { reactor in
            let client = IRCClient(options, on: reactor, TimeTeller())
            try client.connect(to: server)
            reactor.add(to: .beforeShutDown) { _, done in
                client.disconnect("good bye")
                done()
            }
        }
    }
}

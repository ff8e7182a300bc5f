import FairleadEngine
import FairleadIRC
import FairleadIRCWire
import FairleadWire

/// A bot on a network of somebody else's.
final class IRCBotOutlet: Outlet {
    let description: String
    private let client: IRCClient
    private var talker: PositionTalker?

    private final class Ear: IRCClientHandler {
        var talker: PositionTalker?

        func said(_ words: IRCWords, _ client: IRCClient) throws {
            for line in talker?.answer(to: words.text) ?? [] {
                try client.say(line, to: words.replyTarget)
            }
        }
    }

    /// `NICKNAME@#CHANNEL@ENDPOINT`; the nickname may be left out.
    init(_ text: String, _ hub: Hub) throws {
        var parts = text.split(separator: "@", maxSplits: 2, omittingEmptySubsequences: false)
            .map { String($0) }
        if parts.count == 2 { parts.insert("fairlead", at: 0) }
        guard parts.count == 3, !parts[0].isEmpty, parts[1].hasPrefix("#") else {
            throw OutletError(
                "bot=\(text)", expected: "[NICKNAME@]#CHANNEL@ENDPOINT, as in #gps@tcp:HOST:6667")
        }
        description = "bot \(parts[0]) in \(parts[1]) on \(parts[2])"
        var options = IRCClientOptions(nickname: parts[0])
        options.channels = [(parts[1], nil)]
        let ear = Ear()
        let client = IRCClient(options, on: hub.reactor, ear)
        self.client = client
        let channel = parts[1]
        let reactor = hub.reactor
        let talker = PositionTalker(hub) { line in
            // While there is no connection there is nobody to tell.
            guard client.isRegistered else { return }
            do throws(ProtocolError) {
                _ = try client.say(line, to: channel)
            } catch {
                reactor.log(.warning, "IRC: \(error)")
            }
        }
        self.talker = talker
        ear.talker = talker
        try client.connect(to: parts[2])
    }

    func stop() {
        talker?.stop()
        client.disconnect("The gateway stops")
    }
}

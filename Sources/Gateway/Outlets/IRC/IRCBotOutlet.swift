// A bot on a network of somebody else's. Where, who and in which channel is one string, so that it
// can stand on a command line; what is secret stands in files, because others see command lines.

import FairleadEngine
import FairleadIRC
import FairleadIRCWire
import FairleadWire

/// A bot that tells the position on IRC.
final class IRCBotOutlet: Outlet {
    static let kind = OutletTable.Kind(
        name: "bot", summary: "a bot on an IRC network: [NICKNAME@]#CHANNEL[,#CHANNEL]@ENDPOINT",
        usual: nil,
        settings: PositionTalker.settings + [
            OutletSetting("account", "the account that it logs in with by SASL (the nickname)"),
            OutletSetting("password-file", "the account's password (no login)"),
            OutletSetting("server-password-file", "the server's password (none)"),
            OutletSetting("keys", "the channels' keys, in their order (none)"),
        ]
    ) { plan, settings in
        let place = try Place(plan)
        _ = try Endpoints.standard.client(place.endpoint)
        let rules = try PositionTalker.Rules(&settings)
        let secrets = Secrets(
            account: try settings.text("account"), file: try settings.text("password-file"),
            serverFile: try settings.text("server-password-file"), keys: settings.list("keys"))
        return { parts in try IRCBotOutlet(place, rules, secrets, parts.hub) }
    }

    /// `[NICKNAME@]#CHANNEL[,#CHANNEL]@ENDPOINT`.
    private struct Place: CustomStringConvertible {
        let nickname: String
        let channels: [String]
        let endpoint: String

        init(_ plan: OutletPlan) throws(OutletError) {
            var parts = plan.place.split(
                separator: "@", maxSplits: plan.place.hasPrefix("#") ? 1 : 2,
                omittingEmptySubsequences: false
            ).map { String($0) }
            if parts.count == 2 { parts.insert("fairlead", at: 0) }
            let channels = parts.count == 3 ? parts[1].split(separator: ",").map(String.init) : []
            guard !channels.isEmpty, !parts[0].isEmpty, channels.allSatisfy(Self.isChannel) else {
                throw OutletError(
                    plan.description,
                    expected: "[NICKNAME@]#CHANNEL@ENDPOINT, as in #gps@tcp:HOST:6667")
            }
            nickname = parts[0]
            self.channels = channels
            endpoint = parts[2]
        }

        private static func isChannel(_ text: String) -> Bool {
            text.utf8.count > 1 && text.hasPrefix("#")
        }

        var description: String {
            "\(nickname) in \(channels.joined(separator: ", ")) on \(endpoint)"
        }
    }

    /// How it proves who it is; the files are read when it connects first.
    private struct Secrets {
        let account: String?
        let file: String?
        let serverFile: String?
        let keys: [String]

        func apply(to options: inout IRCClientOptions, _ kernel: any Kernel) throws {
            if let serverFile { options.password = try Self.read(serverFile, kernel) }
            guard let file else { return }
            options.sasl = .plain(
                user: account ?? options.nickname, password: try Self.read(file, kernel))
            options.needsSASL = true
        }

        /// The first line of a file.
        private static func read(_ path: String, _ kernel: any Kernel) throws -> String {
            let bytes = try kernel.readFile(path, atMost: 4096)
            return String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        }
    }

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

    private init(
        _ place: Place, _ rules: PositionTalker.Rules, _ secrets: Secrets, _ hub: Hub
    ) throws {
        description = "bot \(place)"
        var options = IRCClientOptions(nickname: place.nickname)
        options.channels = place.channels.enumerated().map { index, name in
            (name, index < secrets.keys.count ? secrets.keys[index] : nil)
        }
        try secrets.apply(to: &options, hub.reactor.kernel)
        let ear = Ear()
        let client = IRCClient(options, on: hub.reactor, ear)
        self.client = client
        let reactor = hub.reactor
        let talker = PositionTalker(hub, rules) { line in
            // While there is no connection there is nobody to tell.
            guard client.isRegistered else { return }
            for channel in place.channels {
                do throws(ProtocolError) {
                    _ = try client.say(line, to: channel)
                } catch {
                    reactor.log(.warning, "IRC: \(error)")
                }
            }
        }
        self.talker = talker
        ear.talker = talker
        try client.connect(to: place.endpoint)
    }

    func stop() {
        talker?.stop()
        client.disconnect("The gateway stops")
    }
}

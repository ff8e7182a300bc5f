import ArgumentParser
import FairleadEngine
import FairleadGateway
import FairleadNMEA
import FairleadNMEAWire

/// `fairlead token`: who may do more than read.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Makes, lists and revokes tokens.",
        discussion: """
            fairlead token add --scope control --label "the plotter"
            fairlead token list
            fairlead token revoke 1a2b3c4d

            A token is shown once, when it is made; kept is only its hash, in the state folder. \
            A gateway that runs sees every change at once.
            """,
        subcommands: [Add.self, List.self, Revoke.self])

    /// Where the tokens are.
    struct Place: ParsableArguments {
        @Option(help: "The folder of what is kept.", completion: .directory)
        var state: String?

        func store() throws -> TokenStore {
            guard let folder = StateFolder.path(state) else {
                throw ExitStatus.usage.error("expected --state FOLDER: there is no home")
            }
            return TokenStore(state: folder)
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a token and shows it.")

        @OptionGroup var place: Place

        @Option(help: "read or control.")
        var scope = "control"

        @Option(help: "What it is for.")
        var label = ""

        func run() throws {
            guard let scope = AccessToken.Scope(rawValue: scope) else {
                throw ExitStatus.usage.error("scope \"\(scope)\": expected read or control")
            }
            guard let now = UTCTime.now else {
                throw ExitStatus.software.error("the clock is beyond the year 9999")
            }
            var random = SystemRandomNumberGenerator()
            let (secret, token) = AccessToken.make(scope, label: label, at: now, &random)
            let store = try place.store()
            do throws(SystemError) {
                try store.add(token)
            } catch {
                throw ExitStatus.cannotCreate.error("\(error)")
            }
            say(secret)
            note("its id is \(token.id); it is not shown again")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the tokens.")

        @OptionGroup var place: Place

        func run() throws {
            for token in try place.store().all {
                say("\(token.id)  \(token.scope.rawValue)  \(token.created)  \(token.label)")
            }
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a token worthless.")

        @OptionGroup var place: Place

        @Argument(help: "Its id.")
        var id: String

        func run() throws {
            do {
                if try place.store().revoke(id) { return }
            } catch let error as SystemError {
                throw ExitStatus.cannotCreate.error("\(error)")
            }
            throw ExitStatus.noInput.error("there is no token \(id)")
        }
    }
}

// The one list of the kinds of outlets. A kind is a line here and a folder beside this file.

import FairleadEngine
import FairleadWire

/// The kinds of outlets, and how a string names them: `KIND=ENDPOINT`.
enum OutletTable {
    /// A kind of outlet.
    struct Kind: Sendable {
        let name: String
        /// Where it is unless told otherwise: this machine only. Nil: not unless asked for.
        let usual: String?
        let make: @Sendable (String, Hub) throws -> any Outlet
    }

    static let kinds = [
        Kind(name: "nmea", usual: "tcp:10110:interface=127.0.0.1") { text, hub in
            try NMEAOutlet(try OutletPlace(text), SentenceFilter(), hub)
        },
        Kind(name: "gpsd", usual: "tcp:2947:interface=127.0.0.1") { text, hub in
            try GPSDOutlet(try Endpoints.standard.server(text), text, hub)
        },
        Kind(name: "web", usual: "tcp:8080:interface=127.0.0.1") { text, hub in
            try WebOutlet(text, hub)
        },
        Kind(name: "irc", usual: "tcp:6667:interface=127.0.0.1") { text, hub in
            try IRCOutlet(text, hub)
        },
        Kind(name: "bot", usual: nil) { text, hub in try IRCBotOutlet(text, hub) },
        Kind(name: "pty", usual: "/tmp/gps") { text, hub in
            let endpoint = try OutletPlace("pty:\(text)")
            return try NMEAOutlet(endpoint, SentenceFilter(), hub)
        },
    ]

    /// Opens what a string names.
    ///
    /// - Throws: `OutletError` for a kind that is none, `EndpointStringError`, or what opening
    ///   throws.
    static func open(_ text: String, on hub: Hub) throws -> any Outlet {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts.first ?? "")
        guard parts.count == 2, let kind = kinds.first(where: { $0.name == name }) else {
            let names = kinds.map(\.name).joined(separator: ", ")
            throw OutletError(text, expected: "KIND=ENDPOINT with one of \(names)")
        }
        return try kind.make(String(parts[1]), hub)
    }
}

// The one list of the kinds of outlets. A kind is a line here and a folder beside this file. What
// was asked for is read first and opened later, so that a configuration can be checked without
// opening anything.

import FairleadEngine
import FairleadWire

/// Opens an outlet that has been read.
typealias OutletOpening = (OutletParts) throws -> any Outlet

/// The kinds of outlets, and how a plan names them.
public enum OutletTable {
    /// A kind of outlet.
    public struct Kind: Sendable {
        public let name: String
        /// What it is for, in a few words.
        public let summary: String
        /// Where it is unless told otherwise: this machine only. Nil: not unless asked for.
        public let usual: String?
        /// What can be set of it.
        public let settings: [OutletSetting]
        let read: @Sendable (OutletPlan, inout OutletSettings) throws -> OutletOpening
    }

    public static let kinds = [
        NMEAOutlet.kind, GPSDOutlet.kind, WebOutlet.kind, IRCOutlet.kind, IRCBotOutlet.kind,
        NMEAOutlet.terminalKind, HistoryOutlet.kind,
    ]

    /// What is open when nothing is asked for; a history only where something may be kept.
    public static func usual(state: String?) -> [OutletPlan] {
        let usual = kinds.compactMap { kind in
            kind.usual.map { OutletPlan(kind: kind.name, place: $0) }
        }
        guard let file = historyFile(state: state) else { return usual }
        return usual + [OutletPlan(kind: HistoryOutlet.kind.name, place: file)]
    }

    /// Where the history is unless told otherwise.
    public static func historyFile(state: String?) -> String? {
        state.map { $0 + "/history.sqlite" }
    }

    /// Reads a plan, without opening anything.
    ///
    /// - Throws: `OutletError` or `EndpointStringError` with the part and what was expected.
    static func read(_ plan: OutletPlan) throws -> OutletOpening {
        guard let kind = kinds.first(where: { $0.name == plan.kind }) else {
            let names = kinds.map(\.name)
            throw OutletError(
                plan.description, expected: "one of the kinds \(names.joined(separator: ", "))",
                suggestion: nearestName(to: plan.kind, in: names))
        }
        var settings = OutletSettings(plan)
        let opening = try kind.read(plan, &settings)
        try settings.finish()
        return opening
    }

    /// Whether a plan can be, without opening anything.
    ///
    /// - Throws: `OutletError` or `EndpointStringError` with the part and what was expected.
    public static func check(_ plan: OutletPlan) throws { _ = try read(plan) }
}

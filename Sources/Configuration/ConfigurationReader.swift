// From the tree of a YAML file to a configuration: every key is known or a fault, every value has
// its kind or is a fault, and all faults are collected, because nobody wants to hear of one a run.
// What sources and outlets are it asks the gateway; it must never know a kind of either.

import FairleadEngine
import FairleadGateway
import FairleadObservability
import FairleadWire
import Yams

/// Reads one file.
struct ConfigurationReader {
    private(set) var configuration = Configuration()
    private(set) var faults: [ConfigurationFault] = []

    private static let keys = ["sources", "prefer", "outlets", "log", "state", "speeds"]
    /// The most entries of a list.
    private static let maximumEntries = 256

    mutating func read(_ text: String) {
        guard text.utf8.count <= Configuration.maximumSize else {
            let expected = "at most \(Configuration.maximumSize) bytes"
            return faults.append(ConfigurationFault(.beginning, "file", expected: expected))
        }
        do throws(ConfigurationFault) {
            guard let tree = try YAMLText.tree(text), !Self.isEmpty(tree) else { return }
            readFile(tree)
        } catch {
            faults.append(error)
        }
    }

    private mutating func readFile(_ tree: Node) {
        for (key, value) in entries(of: tree, "file", Self.keys) {
            switch key.name {
            case "sources": readSources(value)
            case "prefer": configuration.plan.preferred = texts(value, key.name)
            case "outlets": readOutlets(value)
            case "log": readLog(value)
            case "state": configuration.plan.state = path(value, key.name)
            default: configuration.plan.speeds = path(value, key.name)
            }
        }
    }

    // MARK: The parts

    private mutating func readSources(_ node: Node) {
        for (index, item) in items(of: node, "sources").enumerated() {
            let part = "sources[\(index)]"
            guard let text = text(item, part) else { continue }
            if configuration.plan.sources.contains(text) {
                fault(item, part, "each source only once")
                continue
            }
            configuration.plan.sources.append(text)
            check(item, part) { plan in plan.sources = [text] }
        }
    }

    private mutating func readOutlets(_ node: Node) {
        var outlets: [OutletPlan] = []
        for (index, item) in items(of: node, "outlets").enumerated() {
            let part = "outlets[\(index)]"
            guard let (plan, marks) = outlet(item, part) else { continue }
            if outlets.contains(where: { $0.kind == plan.kind && $0.place == plan.place }) {
                fault(item, part, "each outlet only once; this one is there already")
                continue
            }
            outlets.append(plan)
            check(marks[plan.kind] ?? item, part, marks) { $0.outlets = [plan] }
        }
        configuration.plan.outlets = outlets
    }

    /// `kind: place` with its settings, or `kind=place` as on the command line.
    private mutating func outlet(
        _ node: Node, _ part: String
    ) -> (plan: OutletPlan, marks: [String: Node])? {
        let kinds = OutletTable.kinds
        guard node.mapping != nil else {
            guard let text = text(node, part) else { return nil }
            do throws(OutletError) {
                return (try OutletPlan(text), [:])
            } catch {
                fault(node, part, error.expected, error.suggestion)
                return nil
            }
        }
        var plan = OutletPlan(kind: "", place: "")
        var marks: [String: Node] = [:]
        let known = kinds.map(\.name)
        let named = entries(of: node, part, nil)
        guard let kind = named.first(where: { known.contains($0.key.name) }) else {
            let guess = named.lazy.compactMap { nearestName(to: $0.key.name, in: known) }.first
            fault(node, part, "one of the keys \(known.joined(separator: ", "))", guess)
            return nil
        }
        for (key, value) in named {
            let name = "\(part).\(key.name)"
            marks[key.name] = value
            if key.name == kind.key.name {
                guard let place = text(value, name) else { return nil }
                (plan.kind, plan.place) = (key.name, place)
            } else {
                plan.settings[key.name] = texts(value, name)
                marks["key \(key.name)"] = key.node
            }
        }
        return (plan, marks)
    }

    private mutating func readLog(_ node: Node) {
        for (key, value) in entries(of: node, "log", ["level", "format"]) {
            let part = "log.\(key.name)"
            if key.name == "level" {
                let names = ["debug", "info", "warning", "error"]
                configuration.logLevel = choice(value, part, names) { LogLevel(rawValue: $0) }
            } else {
                let names = LogFormat.allCases.map(\.rawValue)
                configuration.logFormat = choice(value, part, names) { LogFormat(rawValue: $0) }
            }
        }
    }

    private mutating func choice<Value>(
        _ node: Node, _ part: String, _ names: [String], _ value: (String) -> Value?
    ) -> Value? {
        guard let text = text(node, part) else { return nil }
        if let value = value(text) { return value }
        let expected = "one of \(names.joined(separator: ", "))"
        fault(node, part, expected, nearestName(to: text, in: names))
        return nil
    }

    // MARK: What the gateway says of it

    /// Asks the gateway whether a part of the plan can be; its faults get their places.
    private mutating func check(
        _ node: Node, _ part: String, _ marks: [String: Node] = [:],
        _ fill: (inout GatewayPlan) -> Void
    ) {
        var plan = GatewayPlan()
        fill(&plan)
        for error in Gateway.faults(of: plan) {
            switch error {
            case let error as EndpointStringError: add(error, node, part)
            case let error as OutletError: add(error, node, part, marks)
            default: fault(node, part, "what can be: \(error)")
            }
        }
    }

    private mutating func add(_ error: EndpointStringError, _ node: Node, _ part: String) {
        // A place may have been completed before it was read: then its columns are not the file's.
        let isWhole = node.scalar?.string == error.text
        faults.append(
            ConfigurationFault(
                TextPlace(node).moved(by: isWhole ? error.column - 1 : 0),
                "\(part): \(error.part)", expected: error.expected,
                suggestion: error.suggestion))
    }

    private mutating func add(
        _ error: OutletError, _ node: Node, _ part: String, _ marks: [String: Node]
    ) {
        guard let setting = error.setting else {
            return fault(node, part, error.expected, error.suggestion)
        }
        let place = marks[error.isUnknown ? "key \(setting)" : setting] ?? node
        fault(place, "\(part).\(setting)", error.expected, error.suggestion)
    }

    // MARK: Nodes

    private struct Key {
        let name: String
        let node: Node
    }

    /// The entries of a mapping; with `known` given, others are faults.
    private mutating func entries(
        of node: Node, _ part: String, _ known: [String]?
    ) -> [(key: Key, value: Node)] {
        guard let mapping = node.mapping else {
            fault(node, part, "a mapping: keys with a colon and a value")
            return []
        }
        var entries: [(key: Key, value: Node)] = []
        for (key, value) in mapping.prefix(Self.maximumEntries) {
            guard let name = key.scalar?.string else {
                fault(key, part, "plain keys")
                continue
            }
            if let known, !known.contains(name) {
                let path = part == "file" ? name : "\(part).\(name)"
                let expected = "one of the keys \(known.joined(separator: ", "))"
                fault(key, path, expected, nearestName(to: name, in: known))
                continue
            }
            entries.append((Key(name: name, node: key), value))
        }
        return entries
    }

    private mutating func items(of node: Node, _ part: String) -> [Node] {
        guard let list = node.sequence else {
            fault(node, part, "a list: each entry on a line that begins with a dash")
            return []
        }
        if list.count > Self.maximumEntries {
            fault(node, part, "at most \(Self.maximumEntries) entries")
        }
        return Array(list.prefix(Self.maximumEntries))
    }

    /// One text, or a list of them.
    private mutating func texts(_ node: Node, _ part: String) -> [String] {
        guard node.sequence != nil else { return text(node, part).map { [$0] } ?? [] }
        var texts: [String] = []
        for (index, item) in items(of: node, part).enumerated() {
            if let text = text(item, "\(part)[\(index)]") { texts.append(text) }
        }
        return texts
    }

    private mutating func text(_ node: Node, _ part: String) -> String? {
        guard let scalar = node.scalar else {
            fault(node, part, "a text")
            return nil
        }
        guard !scalar.string.isEmpty, !Self.isEmpty(node) else {
            fault(node, part, "a text; one that begins with # stands in quotes")
            return nil
        }
        return scalar.string
    }

    private mutating func path(_ node: Node, _ part: String) -> String? {
        guard let text = text(node, part) else { return nil }
        if text.hasPrefix("/") { return text }
        fault(node, part, "a path from the root, such as /var/lib/fairlead")
        return nil
    }

    private static func isEmpty(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private mutating func fault(
        _ node: Node, _ part: String, _ expected: String, _ suggestion: String? = nil
    ) {
        faults.append(
            ConfigurationFault(
                TextPlace(node), part, expected: expected, suggestion: suggestion))
    }
}

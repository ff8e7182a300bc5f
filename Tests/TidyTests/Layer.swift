// The table in Package.swift, read as text: which folder is which module and what it may import.
// The table is made of calls of `layer`, `program` and `room`; their arguments are literals,
// `ours("Name")`, and the short names that are defined with it. Anything else in the table is not
// understood, and a folder that is missing here is a finding of the rule about imports.

/// A layer or one door of a room.
struct Layer: Hashable {
    let name: String
    let folder: String
    /// Modules that it declares.
    let uses: Set<String>

    /// Whether it is bytes only: no platform, no clock, no input and output.
    var isWire: Bool { name.hasSuffix("Wire") }

    /// The layers of a package's manifest.
    static func all(in manifest: String) -> [Layer] {
        let manifest = joined(manifest)
        let names = shortNames(in: manifest)
        func modules(_ text: Substring?) -> Set<String> {
            guard let text else { return [] }
            var found = Set(
                literals(in: text).map { text.contains("ours(\"\($0)\")") ? brand + $0 : $0 })
            for word in text.split(whereSeparator: { !$0.isLetter }) {
                if let module = names[String(word)] { found.insert(module) }
            }
            return found
        }
        let layers = calls(of: "layer", in: manifest).compactMap { call -> Layer? in
            guard let name = literals(in: call).first else { return nil }
            let path = argument("path", of: call).flatMap { literals(in: $0).first }
            return Layer(
                name: brand + name, folder: "Sources/" + (path ?? name),
                uses: modules(argument("uses", of: call)))
        }
        let programs = calls(of: "program", in: manifest).compactMap { call -> Layer? in
            guard let name = literals(in: call).first else { return nil }
            return Layer(
                name: name, folder: "Sources/" + name, uses: modules(argument("uses", of: call)))
        }
        let doors = calls(of: "room", in: manifest).flatMap { call -> [Layer] in
            guard let name = literals(in: call).first else { return [] }
            let floor: Set = [brand + "Wire"]
            let both = floor.union([brand + "Engine", brand + name + "Wire"])
            return [
                Layer(
                    name: brand + name + "Wire", folder: "Sources/\(name)/Wire",
                    uses: floor.union(modules(argument("wireUses", of: call)))),
                Layer(
                    name: brand + name, folder: "Sources/\(name)/Net",
                    uses: both.union(modules(argument("netUses", of: call)))),
            ]
        }
        return layers + programs + doors
    }

    private static let brand = "Fairlead"

    /// The text with the breaks behind opening parentheses taken out.
    private static func joined(_ text: String) -> String {
        var joined = ""
        for character in text {
            if joined.last == "(", character.isWhitespace { continue }
            joined.append(character)
        }
        return joined
    }

    /// `let wire = ours("Wire")`, or `.product(name: "X", …)`: the module of each short name.
    private static func shortNames(in manifest: String) -> [String: String] {
        var names = ["arguments": "ArgumentParser"]
        for line in manifest.split(separator: "\n") where line.hasPrefix("let ") {
            guard let module = literals(in: line).first else { continue }
            let name = String(line.dropFirst(4).prefix { $0.isLetter })
            if line.contains("= ours(\"") { names[name] = brand + module }
            if line.contains(".product(name: \"") { names[name] = module }
        }
        return names
    }

    /// What stands in the parentheses of each call whose first argument is a literal.
    private static func calls(of function: String, in text: String) -> [Substring] {
        var calls: [Substring] = []
        var rest = text[...]
        while let place = rest.firstRange(of: function + "(\"") {
            let inside = rest[place.upperBound...]
            var depth = 1
            let end = inside.firstIndex { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth == 0
            }
            let before = rest[..<place.lowerBound].last
            let start = rest.index(before: place.upperBound)
            if let end, before?.isLetter != true { calls.append(rest[start..<end]) }
            rest = inside
        }
        return calls
    }

    /// The text of one argument, with its label, up to the next label.
    private static func argument(_ label: String, of call: Substring) -> Substring? {
        guard let place = call.firstRange(of: label + ":") else { return nil }
        let value = call[place.upperBound...].drop { $0 == " " || $0 == "\n" }
        if value.hasPrefix("[") { return value.prefix { $0 != "]" } }
        return value.prefix { $0 != "," }
    }

    private static func literals(in text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}

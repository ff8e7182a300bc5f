/// A metric's name and labels as Prometheus's text form wants them.
struct MetricName: Hashable, Sendable {
    let name: String
    /// In the order in which they were given, names cleaned.
    let labels: [Label]

    struct Label: Hashable, Sendable {
        let name: String
        let value: String
    }

    init(_ name: String, _ dimensions: [(String, String)]) {
        self.name = Self.cleaned(name, colons: true)
        labels = dimensions.map { Label(name: Self.cleaned($0.0, colons: false), value: $0.1) }
    }

    /// `{a="b",le="5"}`, or nothing without labels.
    func labelText(and more: (String, String)? = nil) -> String {
        var parts = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        if let more { parts.append("\(more.0)=\"\(more.1)\"") }
        return parts.isEmpty ? "" : "{\(parts.joined(separator: ","))}"
    }

    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`; a label's name has no colons.
    private static func cleaned(_ text: String, colons: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": result.unicodeScalars.append(scalar)
            case "0"..."9" where !result.isEmpty: result.unicodeScalars.append(scalar)
            case ":" where colons: result.unicodeScalars.append(scalar)
            default: result += "_"
            }
        }
        return result.isEmpty ? "_" : result
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

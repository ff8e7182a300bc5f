import FairleadWire

extension Endpoints {
    /// The table of all kinds in Markdown, made from what the kinds themselves say.
    public var table: String {
        var lines = ["| kind | for | opens | arguments | examples |", "|---|---|---|---|---|"]
        for kind in kinds {
            if let form = kind.server { lines.append(Self.row(kind, "servers", form)) }
            if let form = kind.client { lines.append(Self.row(kind, "clients", form)) }
            if let form = kind.datagram { lines.append(Self.row(kind, "datagrams", form)) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row<Endpoint>(
        _ kind: EndpointKind, _ role: String, _ form: EndpointForm<Endpoint>
    ) -> String {
        let arguments = form.arguments.map { argument in
            let standard = argument.standard.map { " (\($0))" } ?? " (required)"
            return "`\(argument.name)`: \(argument.meaning)\(standard)"
        }
        let cells = [
            "`\(kind.name)`", role, form.summary, arguments.joined(separator: "<br>"),
            form.examples.map { "`\($0)`" }.joined(separator: "<br>"),
        ]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
}

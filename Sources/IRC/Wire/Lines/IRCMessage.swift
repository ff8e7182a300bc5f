/// One line of IRC: tags, source, command and parameters.
public struct IRCMessage: Hashable, Sendable, CustomStringConvertible {
    /// The most parameters that a line carries; what is more belongs to the last.
    public static let maximumParameters = 15

    public var tags: MessageTags
    /// Who sent it; a client leaves it out.
    public var source: IRCSource?
    public var command: IRCCommand
    public var parameters: [String]

    public init(
        _ command: IRCCommand, _ parameters: [String], from source: IRCSource? = nil,
        tags: MessageTags = MessageTags()
    ) {
        self.tags = tags
        self.source = source
        self.command = command
        self.parameters = parameters
    }

    public init(_ command: IRCCommand, _ parameters: String..., from source: IRCSource? = nil) {
        self.init(command, parameters, from: source)
    }

    /// The parameter at a place; nil where there is none.
    public subscript(place: Int) -> String? {
        parameters.indices.contains(place) ? parameters[place] : nil
    }

    /// The last parameter; empty where there is none.
    public var text: String { parameters.last ?? "" }

    /// For logs: as it stands on the wire, with control characters made visible.
    public var description: String {
        let head = (source.map { ":\($0) " } ?? "") + command.rawValue
        return IRCText.visible(parameters.reduce(head) { $0 + " " + $1 })
    }
}

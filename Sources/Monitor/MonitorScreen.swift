/// What a terminal shows, and the bytes that bring it from one picture to the next.
public struct MonitorScreen {
    private var shown: [MonitorView.Line] = []
    private let hasColour: Bool

    public init(hasColour: Bool) { self.hasColour = hasColour }

    /// The other screen of the terminal, empty, without a cursor.
    public static let begin = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J"
    /// The terminal as it was.
    public static let end = "\u{1b}[0m\u{1b}[?25h\u{1b}[?1049l"

    /// Forgets what is shown: everything is written by the next picture.
    public mutating func clear() -> String {
        shown = []
        return "\u{1b}[2J"
    }

    /// Only the lines that differ, each in its place.
    public mutating func show(_ lines: [MonitorView.Line]) -> String {
        var text = ""
        for (row, line) in lines.enumerated() where row >= shown.count || shown[row] != line {
            text += "\u{1b}[\(row + 1);1H\(style(line.style))\(line.text)\u{1b}[0m\u{1b}[K"
        }
        shown = lines
        return text
    }

    private func style(_ style: MonitorView.Line.Style) -> String {
        guard hasColour else { return style == .heading ? "\u{1b}[1m" : "" }
        return switch style {
        case .plain: ""
        case .heading: "\u{1b}[1m"
        case .good: "\u{1b}[32m"
        case .warning: "\u{1b}[1;33m"
        case .faint: "\u{1b}[2m"
        }
    }
}

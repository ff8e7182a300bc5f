import Yams

/// A place in a text.
public struct TextPlace: Hashable, Comparable, Sendable {
    /// From 1.
    public let line: Int
    /// In Unicode scalars from 1.
    public let column: Int

    static let beginning = TextPlace(1, 1)

    init(_ line: Int, _ column: Int) {
        (self.line, self.column) = (line, column)
    }

    init(_ mark: Mark) { self.init(mark.line, mark.column) }

    /// Where a node's text begins: behind the quote, where there is one.
    init(_ node: Node) {
        guard let mark = node.mark else {
            self = .beginning
            return
        }
        switch node.scalar?.style {
        case .singleQuoted, .doubleQuoted: self.init(mark.line, mark.column + 1)
        default: self.init(mark)
        }
    }

    func moved(by columns: Int) -> TextPlace { TextPlace(line, column + columns) }

    public static func < (left: TextPlace, right: TextPlace) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

// The declarations of a file, found by their keywords and by counting brackets. Good enough for
// code that compiles and is formatted by swift-format, which is all that is ever read here. A
// declaration knows its lines, its modifiers and the tokens of its body; it knows no rule.

/// A declaration in a Swift file.
struct Declaration {
    enum Kind: String {
        case function = "func"
        case initializer = "init"
        case deinitializer = "deinit"
        case subscription = "subscript"
        case variable = "var"
        case constant = "let"
        case structure = "struct"
        case objectClass = "class"
        case enumeration = "enum"
        case actor
        case protocolType = "protocol"
        case extended = "extension"
        case alias = "typealias"

        var isType: Bool {
            switch self {
            case .structure, .objectClass, .enumeration, .actor, .protocolType, .alias: true
            default: false
            }
        }
    }

    let kind: Kind
    /// For an extension of a nested type the whole name.
    let name: String
    /// Where its attributes and modifiers begin.
    let start: Int
    /// Where its keyword stands.
    let keyword: Int
    /// The tokens between its braces; nil without any.
    let body: Range<Int>?
    let firstLine: Int
    let lastLine: Int
    let isPublic: Bool

    var lineCount: Int { lastLine - firstLine + 1 }
    /// Whether it runs code of its own: a function, an initializer, a computed property.
    var isFunction: Bool {
        switch kind {
        case .function, .initializer, .deinitializer, .subscription, .variable: body != nil
        default: false
        }
    }
}

extension SwiftCode {
    /// Every declaration, nested ones and local ones too, in the order of their keywords.
    var declarations: [Declaration] {
        tokens.indices.compactMap { declaration(at: $0) }
    }

    private func word(at index: Int) -> String {
        tokens.indices.contains(index) ? tokens[index].text : ""
    }

    private func declaration(at index: Int) -> Declaration? {
        guard let kind = Declaration.Kind(rawValue: tokens[index].text), isKeyword(index, kind)
        else { return nil }
        let body = self.body(after: index, kind)
        let start = self.start(of: index)
        let last = body.map { min($0.upperBound, tokens.count - 1) } ?? index
        return Declaration(
            kind: kind, name: name(after: index, kind), start: start, keyword: index, body: body,
            firstLine: tokens[index].line, lastLine: tokens[last].line,
            isPublic: tokens[start..<index].contains { ["public", "open"].contains($0.text) })
    }

    private func isKeyword(_ index: Int, _ kind: Declaration.Kind) -> Bool {
        let before = word(at: index - 1)
        let after = word(at: index + 1)
        if before == "." || before == "`" { return false }
        switch kind {
        case .initializer: return ["(", "<", "?", "!"].contains(after)
        case .deinitializer: return after == "{"
        case .subscription: return ["(", "<"].contains(after)
        case .function: return true
        case .objectClass:
            return !["func", "var", "let", "subscript"].contains(after) && isWord(index + 1)
        default: return (isWord(index + 1) || after == "`" || after == "(") && before != "import"
        }
    }

    private func isWord(_ index: Int) -> Bool {
        tokens.indices.contains(index) && tokens[index].isWord
    }

    private func name(after index: Int, _ kind: Declaration.Kind) -> String {
        if kind == .initializer || kind == .deinitializer || kind == .subscription {
            return kind.rawValue
        }
        var name = ""
        var place = index + 1
        if isWord(place) || word(at: place) == "`" {
            while isWord(place) || ["`", "."].contains(word(at: place)) {
                if isWord(place), place > index + 1, isWord(place - 1) { break }
                name += word(at: place)
                place += 1
            }
            return name.filter { $0 != "`" }
        }
        // An operator.
        while kind == .function, place < tokens.count,
            !["(", "<"].contains(word(at: place)) || name.isEmpty
        {
            name += word(at: place)
            place += 1
        }
        return name
    }

    /// Where the attributes and modifiers before a keyword begin.
    private func start(of keyword: Int) -> Int {
        let modifiers: Set = [
            "public", "open", "package", "internal", "private", "fileprivate", "static", "class",
            "final", "mutating", "nonmutating", "nonisolated", "override", "convenience",
            "required", "indirect", "isolated", "lazy", "weak", "unowned", "prefix", "postfix",
            "infix", "dynamic", "consuming", "borrowing", "distributed", "optional",
        ]
        var place = keyword
        while place > 0 {
            var end = place - 1
            if word(at: end) == ")", let open = opening(of: end) { end = open - 1 }
            if word(at: end - 1) == "@" {
                place = end - 1
            } else if modifiers.contains(word(at: end)) {
                place = end
            } else {
                return place
            }
        }
        return place
    }

    /// The parenthesis that belongs to the closing one at `end`.
    private func opening(of end: Int) -> Int? {
        var depth = 0
        for index in stride(from: end, through: 0, by: -1) {
            if word(at: index) == ")" { depth += 1 }
            if word(at: index) == "(" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// The tokens between the braces of a declaration; nil where none follow.
    private func body(after keyword: Int, _ kind: Declaration.Kind) -> Range<Int>? {
        let isVariable = kind == .variable || kind == .constant
        var depth = 0
        for index in tokens.indices[min(keyword + 1, tokens.count)...] {
            let token = tokens[index]
            switch token.text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return index + 1..<closing(after: index)
            case "}" where depth == 0: return nil
            case "=" where depth == 0 && (isVariable || kind == .alias): return nil
            default:
                if depth == 0, token.isFirst, isVariable || Self.beginners.contains(token.text) {
                    return nil
                }
            }
            if depth < 0 { return nil }
        }
        return nil
    }

    /// What begins a line that does not go on with the declaration before it.
    private static let beginners: Set = [
        "@", "#", "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "class",
        "enum", "actor", "protocol", "extension", "typealias", "associatedtype", "static",
        "public", "open", "package", "private", "fileprivate", "internal", "mutating", "final",
        "nonisolated", "override", "indirect", "import",
    ]

    /// Where the brace at `open` is closed.
    private func closing(after open: Int) -> Int {
        var depth = 0
        for index in tokens.indices[open...] {
            if tokens[index].text == "{" { depth += 1 }
            if tokens[index].text == "}" { depth -= 1 }
            if depth == 0 { return index }
        }
        return tokens.count
    }
}

// One noun per file, named for it. A declared name must contain the words of the file's name in
// any order (`TCPConnect.swift` has `connectTCP`, `Endpoint.swift` has `ClientEndpoint`), or the
// file's name begins with a type that it declares or extends (`SpanBytes.swift` extends `Span`).
// A function that stands alone counts with its parameters, a member of an extension with what it
// extends (`TCPKind.swift` has `EndpointKind.tcp`). What is named `Noun+Part.swift` belongs to a
// noun that may be declared elsewhere.

/// A file is named for the noun that it declares.
struct NameRule: Rule {
    /// Every name of a type in the tree.
    private let types: Set<String>

    init(_ files: [SourceFile]) {
        types = Set(files.flatMap(\.declarations).filter(\.kind.isType).map(\.name))
    }

    func findings(in file: SourceFile) -> [Finding] {
        guard file.isIn("Sources") || file.isIn("Tests"), !file.declarations.isEmpty else {
            return []
        }
        let isPart = file.path.contains("+") && types.contains(file.noun)
        if isPart || file.declarations.contains(where: { names($0, file) }) { return [] }
        return [file.finding(1, "declares nothing called \(file.noun)")]
    }

    private func names(_ declaration: Declaration, _ file: SourceFile) -> Bool {
        let noun = file.noun.lowercased()
        let name = declaration.name.lowercased()
        let words = Self.words(of: file.noun)
        if declaration.kind.isType || declaration.kind == .extended {
            return words.allSatisfy(name.contains)
                || name.split(separator: ".").contains { noun.hasPrefix($0) }
        }
        if file.isLocal(declaration) { return false }
        let member = file.extensionAround(declaration).lowercased() + "." + name
        if words.allSatisfy(member.contains) { return true }
        return declaration.kind == .function && file.isTopLevel(declaration)
            && file.head(of: declaration).contains { $0.lowercased() == noun }
    }

    /// `TCPConnect` is of the words tcp and connect.
    static func words(of noun: String) -> [String] {
        var words: [String] = []
        let letters = Array(noun)
        for (index, letter) in letters.enumerated() {
            let next = index + 1 < letters.count ? letters[index + 1] : letter
            let begins =
                index == 0
                || letter.isUppercase
                    && (!letters[index - 1].isUppercase || next.isLowercase)
            if begins { words.append("") }
            words[words.count - 1] += letter.lowercased()
        }
        return words
    }
}

extension SourceFile {
    /// Whether a declaration is within a function.
    fileprivate func isLocal(_ declaration: Declaration) -> Bool {
        declarations.contains {
            $0.isFunction && $0.body?.contains(declaration.keyword) == true
        }
    }

    /// Whether a declaration is within no other.
    fileprivate func isTopLevel(_ declaration: Declaration) -> Bool {
        !declarations.contains { $0.body?.contains(declaration.keyword) == true }
    }

    /// The name of the extension that a declaration is a member of; else nothing.
    fileprivate func extensionAround(_ declaration: Declaration) -> String {
        declarations.last {
            $0.kind == .extended && $0.body?.contains(declaration.keyword) == true
        }?.name ?? ""
    }

    /// The tokens of a declaration before its body.
    fileprivate func head(of declaration: Declaration) -> [String] {
        guard let code, let body = declaration.body else { return [] }
        return code.tokens[declaration.keyword..<body.lowerBound].map(\.text)
    }
}

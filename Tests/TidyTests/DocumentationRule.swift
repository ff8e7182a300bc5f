// Public contracts are documented. Types and functions must be, and the requirements of public
// protocols; properties, cases and initializers where the name does not say it all, which is for
// a reader to judge. A function that fulfils a protocol's requirement has its documentation there.

/// Public types and functions have a comment whose first line is a whole sentence.
struct DocumentationRule: Rule {
    /// Names of the requirements of all protocols in the tree.
    let requirements: Set<String>
    /// Requirements of protocols of the standard library.
    static let standard: Set = [
        "hash", "encode", "next", "makeIterator", "makeAsyncIterator", "advanced", "enqueue",
        "isIsolatingCurrentContext", "checkIsolated", "Element", "Failure", "AsyncIterator",
    ]

    init(_ files: [SourceFile]) {
        requirements = Set(
            files.flatMap { file in
                file.protocols.flatMap { file.requirements(of: $0) }.map(\.name)
            })
    }

    func findings(in file: SourceFile) -> [Finding] {
        guard file.isIn("Sources"), file.code != nil else { return [] }
        let published = file.declarations.filter { isContract($0) }
        let required = file.protocols.filter(\.isPublic).flatMap { file.requirements(of: $0) }
        return (published + required).compactMap { declaration in
            let text = file.documentation(of: declaration)
            let line = declaration.firstLine
            guard let first = text.first else {
                return file.finding(line, "\(declaration.name) has no documentation")
            }
            if Self.isSentence(first) { return nil }
            return file.finding(line, "\(declaration.name): its first line is no whole sentence")
        }
    }

    private func isContract(_ declaration: Declaration) -> Bool {
        guard declaration.isPublic else { return false }
        if Self.standard.contains(declaration.name) { return false }
        if declaration.kind.isType { return true }
        guard declaration.kind == .function, let first = declaration.name.first else {
            return false
        }
        return (first.isLetter || first == "_") && !requirements.contains(declaration.name)
    }

    /// Whether a line holds a sentence to its end: the summary that is shown in lists.
    static func isSentence(_ line: String) -> Bool {
        guard let last = line.last, let first = line.first else { return false }
        let ends = ".?:`".contains(last) || line.contains(". ")
        return ends && !first.isLowercase
    }
}

extension SourceFile {
    var protocols: [Declaration] { declarations.filter { $0.kind == .protocolType } }

    /// The functions that a protocol asks for.
    func requirements(of declared: Declaration) -> [Declaration] {
        guard let body = declared.body else { return [] }
        return declarations.filter { $0.kind == .function && body.contains($0.keyword) }
    }

    /// The lines of the `///` comment before a declaration, without their marks.
    func documentation(of declaration: Declaration) -> [String] {
        guard let code else { return [] }
        // Attributes stand between the comment and the keyword.
        let before = lines.prefix(code.tokens[declaration.start].line - 1).reversed()
        let comment = before.prefix { $0.drop { $0 == " " }.hasPrefix("///") }
        return comment.reversed().map { line in
            String(line.drop { $0 == " " }.dropFirst(3).drop { $0 == " " })
        }
    }
}

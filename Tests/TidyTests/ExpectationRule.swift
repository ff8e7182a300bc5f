// A test that asserts nothing cannot fail. Each `@Test` must say `#expect`, `#require`, or record
// an issue, itself or in a function of the tests that it calls, or call a checker of EngineTesting
// that throws what it found. By name, so that a wrong name can only make this rule too kind.

/// Every test can fail.
struct ExpectationRule: Rule {
    /// The folder of checkers that others may use too.
    static let checkers = "Sources/EngineTesting/Checkers"

    /// Functions that contain an expectation, directly or through another.
    let checkers: Set<String>

    init(_ files: [SourceFile]) {
        let kits = files.filter { $0.isIn("Tests") || $0.isIn(Self.checkers) }
        let functions = kits.flatMap { file in
            file.declarations.filter(\.isFunction).map {
                (name: $0.name, words: file.words(in: $0))
            }
        }
        var found: Set<String> = []
        var size = -1
        while size != found.count {
            size = found.count
            for function in functions
            where Self.expects(function.words) || !found.isDisjoint(with: function.words) {
                found.insert(function.name)
            }
        }
        checkers = found
    }

    func findings(in file: SourceFile) -> [Finding] {
        guard file.isIn("Tests"), let tokens = file.code?.tokens else { return [] }
        return file.declarations.compactMap { declaration in
            guard declaration.kind == .function, let body = declaration.body else { return nil }
            let head = tokens[declaration.start..<declaration.keyword].map(\.text)
            guard zip(head, head.dropFirst()).contains(where: { $0 == ("@", "Test") }) else {
                return nil
            }
            let words = Set(tokens[body].map(\.text))
            if Self.expects(words) || !checkers.isDisjoint(with: words) { return nil }
            return file.finding(declaration.firstLine, "\(declaration.name) expects nothing")
        }
    }

    private static func expects(_ words: Set<String>) -> Bool {
        !words.isDisjoint(with: ["expect", "require", "confirmation", "ContractViolation"])
            || words.isSuperset(of: ["Issue", "record"])
    }
}

extension SourceFile {
    /// The different tokens of a declaration's body.
    fileprivate func words(in declaration: Declaration) -> Set<String> {
        guard let code, let body = declaration.body else { return [] }
        return Set(code.tokens[body].map(\.text))
    }
}

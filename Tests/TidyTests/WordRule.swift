// Words that have no place in code, each with the folders where it has none and what to do
// instead. Literals are not looked at, so that an error message may say what it likes.

/// Words that must not occur.
struct WordRule: Rule {
    /// Words one after another that must not occur in some folder.
    struct Ban {
        let words: [String]
        let folder: String
        let instead: String

        init(_ words: [String], in folder: String = "Sources", _ instead: String) {
            self.words = words
            self.folder = folder
            self.instead = instead
        }
    }

    static let bans = [
        Ban(["fatalError"], "throw"),
        Ban(["preconditionFailure"], "throw"),
        Ban(["try", "!"], "let it throw"),
        Ban(["as", "!"], "ask with as?"),
        Ban(["Thread", ".", "sleep"], "use a timer"),
        Ban(["usleep"], "use a timer"),
        Ban(["nanosleep"], "use a timer"),
        Ban(["String", "(", "format"], "interpolate"),
        Ban(["precondition"], in: "Sources/Wire", "throw, or saturate"),
        Ban(["assert"], in: "Sources/Wire", "test it"),
        Ban(["print"], in: "Sources/Wire", "return it"),
        Ban(["print"], in: "Sources/Engine", "use the reactor's log"),
    ]

    static let markers: Set = ["TODO", "FIXME", "XXX"]

    func findings(in file: SourceFile) -> [Finding] {
        markers(in: file) + bannedWords(in: file) + forcedUnwrapping(in: file)
    }

    private func markers(in file: SourceFile) -> [Finding] {
        var texts = file.lines.enumerated().map { ($0.offset + 1, String($0.element)) }
        if let code = file.code {
            // Literals are none of our business.
            texts = code.comments.map { ($0.line, $0.text) }
            texts += code.tokens.map { ($0.line, $0.text) }
        }
        return texts.flatMap { line, text in
            text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
                .filter { Self.markers.contains(String($0)) }
                .map { file.finding(line, "\($0): do it, or make it an issue") }
        }
    }

    private func bannedWords(in file: SourceFile) -> [Finding] {
        guard let tokens = file.code?.tokens else { return [] }
        return Self.bans.filter { file.isIn($0.folder) }.flatMap { ban in
            tokens.indices.filter { index in
                let isMember = index > 0 && tokens[index - 1].text == "."
                return !isMember && tokens[index...].lazy.map(\.text).starts(with: ban.words)
            }.map { index in
                let text = ban.words.joined()
                return file.finding(tokens[index].line, "\(text): \(ban.instead)")
            }
        }
    }

    private func forcedUnwrapping(in file: SourceFile) -> [Finding] {
        guard file.isIn("Sources"), let tokens = file.code?.tokens else { return [] }
        return tokens.indices.dropFirst().filter { index in
            let before = tokens[index - 1]
            guard tokens[index].text == "!", tokens[index].isAttached,
                before.isWord || [")", "]", "}", "\"", "?", ">"].contains(before.text),
                !["try", "as"].contains(before.text)
            else { return false }
            let isComparison =
                index + 1 < tokens.count && tokens[index + 1].text == "="
                && tokens[index + 1].isAttached
            return !isComparison
        }.map { file.finding(tokens[$0].line, "forced unwrapping") }
    }
}

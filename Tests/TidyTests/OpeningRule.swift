/// A file over 150 lines opens with 3 to 12 lines: what it is, what it must never know, and why.
struct OpeningRule: Rule {
    static let linesWithout = 150
    static let openingLines = 3...12

    func findings(in file: SourceFile) -> [Finding] {
        guard file.code != nil || file.isC, file.lines.count > Self.linesWithout else { return [] }
        let opening = file.lines.prefix { line in
            let isComment = line.hasPrefix("//") && !line.hasPrefix("///")
            return isComment || file.isC && (line.hasPrefix("/*") || line.hasPrefix(" *"))
        }
        if Self.openingLines.contains(opening.count) { return [] }
        return [file.finding(1, "opens with \(opening.count) lines of comment, not 3 to 12")]
    }
}

/// Lines of at most 100 columns, files of at most 700 lines, functions of at most 50.
struct LengthRule: Rule {
    static let columns = 100
    static let fileLines = 700
    static let functionLines = 50
    /// What most functions keep to; see `TreeTests`.
    static let usualFunctionLines = 25

    func findings(in file: SourceFile) -> [Finding] {
        var findings: [Finding] = []
        for (index, line) in file.lines.enumerated() where line.count > Self.columns {
            // A row of a table, and an address, cannot be broken.
            let trimmed = line.drop { $0 == " " }
            if file.path.hasSuffix(".md"), trimmed.hasPrefix("|") || !trimmed.contains(" ") {
                continue
            }
            findings.append(file.finding(index + 1, "\(line.count) columns"))
        }
        if file.lines.count > Self.fileLines, !file.path.hasSuffix(".md") {
            findings.append(file.finding(Self.fileLines, "\(file.lines.count) lines"))
        }
        for function in file.declarations
        where function.isFunction && function.lineCount > Self.functionLines {
            findings.append(
                file.finding(function.firstLine, "\(function.name): \(function.lineCount) lines"))
        }
        return findings
    }
}

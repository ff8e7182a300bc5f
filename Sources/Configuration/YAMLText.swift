// The YAML that a configuration may be written in: all of it but anchors and aliases, which nobody
// needs here, and by which twenty lines become a billion. Yams reads it; what it finds wrong
// becomes a fault with its place.

import Yams

/// The text of a YAML file as a tree.
enum YAMLText {
    /// The tree of a text; nil for an empty one.
    static func tree(_ text: String) throws(ConfigurationFault) -> Node? {
        if let place = aliasPlace(in: text) {
            throw ConfigurationFault(
                place, "YAML",
                expected: "no anchors and aliases; quote a text that begins with & or *")
        }
        do {
            return try compose(yaml: text)
        } catch let error as YamlError {
            throw fault(error, text)
        } catch {
            throw fault(.beginning, "valid YAML: \(error)")
        }
    }

    private static func fault(_ error: YamlError, _ text: String) -> ConfigurationFault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return fault(TextPlace(mark), "valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.joined(separator: ", ")
            return fault(TextPlace(context.mark), "\(names) only once")
        case .reader(let problem, let offset, _, _):
            let before = text.unicodeScalars.prefix(max(offset ?? 0, 0))
            let line = before.count { $0 == "\n" } + 1
            return fault(TextPlace(line, 1), "valid YAML: \(problem)")
        default: return fault(.beginning, "valid YAML: \(error)")
        }
    }

    private static func fault(_ place: TextPlace, _ expected: String) -> ConfigurationFault {
        ConfigurationFault(place, "YAML", expected: expected)
    }

    /// Where a token begins with `&` or `*` outside of quotes and comments.
    private static func aliasPlace(in text: String) -> TextPlace? {
        var (line, column) = (1, 0)
        var quote: Unicode.Scalar?
        var isComment = false
        var isEscaped = false
        var last: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            column += 1
            defer { last = scalar }
            let isStart = " \t\n[{,".unicodeScalars.contains(last)
            switch scalar {
            case "\n", "\r":
                if scalar == "\n" { (line, column) = (line + 1, 0) }
                isComment = false
            case _ where isComment: break
            case _ where isEscaped: isEscaped = false
            case "\\" where quote == "\"": isEscaped = true
            case _ where quote != nil: if scalar == quote { quote = nil }
            case "\"" where isStart, "'" where isStart: quote = scalar
            case "#" where isStart: isComment = true
            case "&" where isStart, "*" where isStart: return TextPlace(line, column)
            default: break
            }
        }
        return nil
    }
}

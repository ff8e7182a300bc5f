/// A file of the tree, as the rules see it.
struct SourceFile {
    /// From the root of the package, with slashes.
    let path: String
    let lines: [Substring]
    /// Nil for what is not Swift.
    let code: SwiftCode?
    let declarations: [Declaration]

    init(_ path: String, _ text: String) {
        self.path = path
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
        let code = path.hasSuffix(".swift") ? SwiftCode(text) : nil
        self.code = code
        declarations = code?.declarations ?? []
    }

    /// The name without folder and ending, up to a plus sign: `Kernel` of `System/Kernel+C.swift`.
    var noun: String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.prefix { $0 != "." && $0 != "+" })
    }

    func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }
    var isC: Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }

    func finding(_ line: Int, _ message: String) -> Finding {
        Finding(path: path, line: line, message: message)
    }
}

/// A broken rule.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}

/// One habit of the house, as something that can be broken.
protocol Rule {
    func findings(in file: SourceFile) -> [Finding]
}

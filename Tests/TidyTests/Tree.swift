import Foundation

/// The files of the package, as they are.
struct Tree {
    let root: URL
    let files: [SourceFile]

    /// The tree that this file is part of.
    static func ours() throws -> Tree {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return try Tree(root)
    }

    init(_ root: URL) throws {
        self.root = root
        var paths = ["Package.swift", "Makefile", "README.md", "Samples/Package.swift"]
        for folder in ["Sources", "Tests", "Samples/Sources", "udev", ".ci"] {
            let inside = try? FileManager.default.subpathsOfDirectory(
                atPath: root.appendingPathComponent(folder).path)
            paths += (inside ?? []).filter(Tree.isSource).map { folder + "/" + $0 }
        }
        files = try paths.sorted().compactMap { path in
            let url = root.appendingPathComponent(path)
            guard FileManager.default.fileExists(atPath: url.path) else { return nil }
            return SourceFile(path, try String(contentsOf: url, encoding: .utf8))
        }
    }

    private static func isSource(_ path: String) -> Bool {
        let hidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
        let endings = [".swift", ".c", ".h", ".md", "/Makefile", ".py", ".sh"]
        return !hidden && endings.contains { path.hasSuffix($0) }
    }

    /// What git keeps; nil where there is no git or no repository.
    func trackedPaths() throws -> [String]? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", root.path, "ls-files"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Tracked paths that a build has made.
    static func products(in paths: [String]) -> [String] {
        paths.filter { path in
            let parts = path.split(separator: "/")
            return parts.contains { $0.hasPrefix(".build") } || parts.last == "Package.resolved"
                || path.hasSuffix(".o")
        }
    }
}

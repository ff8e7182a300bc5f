// The program as its users start it: a process of its own, its words, and how it ended. It is the
// one beside the tests, so that what is tested is what was built.

import Foundation
import Testing

/// A run of `fairlead`.
final class Program {
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()
    /// A folder of its own, which goes with it.
    let folder: URL

    /// - Parameter environment: beside a few of ours.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("fairlead-run-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process.executableURL = Self.place
        process.arguments = arguments
        let own = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
        process.environment = own.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        process.currentDirectoryURL = folder
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    private static var place: URL {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let tests = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: tests).deletingLastPathComponent()
            .appendingPathComponent("fairlead")
    }

    func write(_ text: String, to name: String) throws {
        try text.write(
            to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    func start() throws { try process.run() }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// What it says on standard error until it has said `part`.
    func errors(until part: String) -> String {
        var text = ""
        while !text.contains(part) {
            let bytes = errors.fileHandleForReading.availableData
            if bytes.isEmpty { break }
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }

    /// Everything that it says until it ends, and its status.
    func end() -> (output: String, errors: String, status: Int32) {
        let said = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let noted = String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (said, noted, process.terminationStatus)
    }

    func runToEnd() throws -> (output: String, errors: String, status: Int32) {
        try start()
        return end()
    }
}

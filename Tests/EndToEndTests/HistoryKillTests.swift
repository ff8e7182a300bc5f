import Foundation
import GRDB
import Testing

/// A process that writes a history is killed at any moment, again and again, and goes on with the
/// same file: nothing of it is broken, and nothing is lost that was acknowledged.
@Suite(.timeLimit(.minutes(30))) struct HistoryKillTests {
    /// `KILLS=1000 swift test --filter HistoryKillTests` for a long run.
    private static var kills: Int {
        ProcessInfo.processInfo.environment["KILLS"].flatMap { Int($0) } ?? 25
    }

    @Test func nothingIsBrokenOrLostThatWasAcknowledged() throws {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("fairlead-kill-\(UInt64.random(in: 0 ... .max)).sqlite").path
        var most: Int64 = 0
        for kill in 0..<Self.kills {
            let acknowledged = try oneLife(file, microseconds: .random(in: 1_000...60_000))
            most = max(most, acknowledged)
            let queue = try DatabaseQueue(path: file)
            let (check, last) = try queue.read { database in
                (
                    try String.fetchOne(database, sql: "PRAGMA integrity_check"),
                    try Int64.fetchOne(database, sql: "SELECT max(id) FROM position") ?? 0
                )
            }
            #expect(check == "ok", "kill \(kill)")
            #expect(last >= most, "kill \(kill)")
            try queue.close()
        }
        #expect(most > 0, "something was written at all")
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) }
    }

    /// Writes until it is killed; gives the last number that was acknowledged.
    private func oneLife(_ file: String, microseconds: UInt32) throws -> Int64 {
        let process = Process()
        process.executableURL = Program.place("history-probe")
        process.arguments = [file]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // From the first acknowledgement on; it says so at once.
        var text = output.fileHandleForReading.availableData
        usleep(microseconds)
        kill(process.processIdentifier, SIGKILL)
        text.append(output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        let words = String(decoding: text, as: UTF8.self)
        #expect(!words.contains("fault"), "\(words.suffix(200))")
        // The last line may be cut off.
        let whole = words.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return whole.compactMap { Int64($0) }.last ?? 0
    }
}

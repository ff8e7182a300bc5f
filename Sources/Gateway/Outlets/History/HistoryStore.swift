// The file of the history: SQLite by GRDB. Every call blocks, so none is made on a reactor's
// thread; one call at a time writes, by one connection, which also checkpoints: Debian's SQLite has
// a fault where two do. A write that returned is in the file whatever becomes of the process; a
// power cut may cost the last seconds (WAL, synchronous=NORMAL), never the file.

import FairleadEngine
import FairleadNMEAWire
import FairleadWire
import GRDB
import Synchronization

/// Writes records to a file and keeps it within limits.
public final class HistoryStore: Sendable {
    /// How much is kept.
    public struct Limits: Hashable, Sendable {
        /// Older records are removed.
        public var age: Duration = .seconds(90 * 86400)
        /// The largest file, in bytes.
        public var size = 500_000_000

        public init() {}
    }

    public let path: String
    private let limits: Limits
    private let state = Mutex<DatabaseQueue?>(nil)

    /// Rows that are removed in one transaction.
    private static let step = 1000

    /// A store that opens its file at the first write.
    public init(_ path: String, _ limits: Limits = Limits()) {
        self.path = path
        self.limits = limits
    }

    /// Adds records.
    ///
    /// - Returns: the number of the last one.
    /// - Throws: what is in the way; the file is opened anew by the next call.
    @discardableResult
    public func write(_ records: [HistoryRecord]) throws(HistoryFault) -> Int64 {
        try with { queue in
            try queue.write { database in
                for record in records { try Self.insert(record, database) }
                return database.lastInsertedRowID
            }
        }
    }

    /// Removes what is too old or too much, in small steps.
    ///
    /// The age is counted from the newest record or from `now`, whichever is earlier: a clock that
    /// jumped into the future, or a receiver that did, must not cost the whole history.
    public func tidy(now: UTCTime) throws(HistoryFault) {
        try with { queue in
            while try queue.write({ try self.removeStep(now, $0) }) {}
        }
    }

    /// Closes the file.
    public func close() {
        state.withLock { queue in
            try? queue?.close()
            queue = nil
        }
    }

    /// Gives a broken file another name, so that a new one can be begun.
    ///
    /// - Returns: the name that it has now.
    public func moveAside(at time: UTCTime) -> String {
        close()
        let kernel = PosixKernel()
        let name = "\(path).corrupt-\(time.nanosecondsSince1970 / 1_000_000_000)"
        for end in ["", "-wal", "-shm"] { _ = kernel.rename(path + end, to: name + end) }
        return name
    }

    private func with<Value: Sendable>(
        _ body: @Sendable (DatabaseQueue) throws -> Value
    ) throws(HistoryFault) -> Value {
        try state.withLock { queue throws(HistoryFault) in
            do {
                let open = try queue ?? Self.open(path)
                queue = open
                return try body(open)
            } catch {
                let fault = HistoryFault(error)
                // What is only locked or full is still the same file.
                if fault != .locked, fault != .full {
                    try? queue?.close()
                    queue = nil
                }
                throw fault
            }
        }
    }

    // MARK: The file

    private static func open(_ path: String) throws -> DatabaseQueue {
        let kernel = PosixKernel()
        if let folder = path.lastIndex(of: "/").map({ String(path[..<$0]) }), !folder.isEmpty {
            let result = kernel.makeFolder(folder)
            if !result.isSuccess { throw HistoryFault.cannotOpen("\(folder): \(result)") }
        }
        // Where somebody is, is nobody else's business.
        if kernel.status(of: path) == nil {
            _ = kernel.replaceFile(path, with: [])
            _ = kernel.setMode(0o600, of: path)
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: "PRAGMA cache_size = -1024")
            try database.execute(sql: "PRAGMA journal_size_limit = 4194304")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try HistorySchema.migrator.migrate(queue)
        return queue
    }

    private static func insert(_ record: HistoryRecord, _ database: Database) throws {
        let device = try HistorySchema.device(record.device, database)
        try database.execute(
            sql: """
                INSERT INTO position (time, device, isChosen, latitude, longitude, altitude, speed,
                    course, mode, quality, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.time.nanosecondsSince1970 / 1_000_000, device, record.isChosen,
                record.position?.latitude, record.position?.longitude, record.altitude,
                record.speed, record.course, record.mode, record.quality, record.error,
            ])
    }

    // MARK: Limits

    /// Removes the oldest records; whether there is more to remove.
    private func removeStep(_ now: UTCTime, _ database: Database) throws -> Bool {
        let newest = try Int64.fetchOne(
            database, sql: "SELECT time FROM position ORDER BY id DESC LIMIT 1")
        guard let newest else { return false }
        let reference = min(newest, now.nanosecondsSince1970 / 1_000_000)
        let (seconds, _) = limits.age.components
        let oldest = reference - seconds * 1000
        try database.execute(
            sql: """
                DELETE FROM position WHERE id IN
                    (SELECT id FROM position WHERE time < ? ORDER BY id LIMIT ?)
                """, arguments: [oldest, Self.step])
        if database.changesCount == Self.step { return true }
        let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        let page = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 4096
        if (pages - free) * page > Int64(limits.size) {
            try database.execute(
                sql: """
                    DELETE FROM position WHERE id IN (SELECT id FROM position ORDER BY id LIMIT ?)
                    """, arguments: [Self.step])
            return database.changesCount > 0
        }
        if free > 0 {
            _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum(1000)")
            let left = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            return left > 0 && left < free
        }
        return false
    }
}

import FairleadEngine
import FairleadNMEAWire
import GRDB

/// Reads a history, also one that a running gateway writes to.
public struct HistoryReader: Sendable {
    /// What is wanted.
    public struct Query: Hashable, Sendable {
        public var from: UTCTime?
        public var to: UTCTime?
        /// Nil: whichever device was "the position".
        public var device: String?

        public init() {}
    }

    private let queue: DatabaseQueue

    /// Opens a file that is there.
    public init(_ path: String) throws(HistoryFault) {
        guard PosixKernel().status(of: path) != nil else {
            throw .cannotOpen("\(path): no such file")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(2)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw HistoryFault(error)
        }
    }

    /// Calls `body` with each record, in the order in which they were written.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func read(
        _ query: Query, _ body: (HistoryRecord) throws -> Void
    ) throws(HistoryFault) -> Int {
        do {
            return try queue.read { database in
                let (sql, arguments) = Self.statement(query)
                let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
                var count = 0
                while let row = try rows.next() {
                    guard let record = Self.record(row) else { continue }
                    try body(record)
                    count += 1
                }
                return count
            }
        } catch {
            throw HistoryFault(error)
        }
    }

    private static func statement(_ query: Query) -> (String, StatementArguments) {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        if let from = query.from {
            conditions.append("time >= ?")
            arguments += [from.nanosecondsSince1970 / 1_000_000]
        }
        if let to = query.to {
            conditions.append("time < ?")
            arguments += [to.nanosecondsSince1970 / 1_000_000]
        }
        if let device = query.device {
            conditions.append("name = ?")
            arguments += [device]
        } else {
            conditions.append("isChosen")
        }
        let sql = """
            SELECT position.*, name FROM position JOIN device ON device.id = position.device
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY position.id
            """
        return (sql, arguments)
    }

    private static func record(_ row: Row) -> HistoryRecord? {
        let milliseconds: Int64 = row["time"]
        let (nanoseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow, let time = UTCTime(nanosecondsSince1970: nanoseconds) else { return nil }
        var record = HistoryRecord(device: row["name"], time: time, mode: row["mode"])
        record.isChosen = row["isChosen"]
        if let latitude = row["latitude"] as Double?, let longitude = row["longitude"] as Double? {
            record.position = Coordinate(latitude: latitude, longitude: longitude)
        }
        record.altitude = row["altitude"]
        record.speed = row["speed"]
        record.course = row["course"]
        record.quality = row["quality"]
        record.error = row["error"]
        return record
    }
}

import GRDB

/// How the file of the history is laid out, and how it came to be so.
enum HistorySchema {
    /// One step for each version; a file of a later version is not opened.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE device (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
                    CREATE TABLE position (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        time INTEGER NOT NULL,
                        device INTEGER NOT NULL REFERENCES device (id),
                        isChosen INTEGER NOT NULL,
                        latitude REAL, longitude REAL, altitude REAL, speed REAL, course REAL,
                        mode INTEGER NOT NULL, quality INTEGER, error REAL);
                    CREATE INDEX positionByTime ON position (time);
                    """)
        }
        return migrator
    }

    /// The number of a device's name, which is noted where it is new.
    static func device(_ name: String, _ database: Database) throws -> Int64 {
        let known = try Int64.fetchOne(
            database, sql: "SELECT id FROM device WHERE name = ?", arguments: [name])
        if let known { return known }
        try database.execute(sql: "INSERT INTO device (name) VALUES (?)", arguments: [name])
        return database.lastInsertedRowID
    }
}

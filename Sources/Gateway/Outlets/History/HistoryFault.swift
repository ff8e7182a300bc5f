import GRDB

/// Why the history cannot be written or read.
public enum HistoryFault: Error, Hashable, Sendable, CustomStringConvertible {
    case full
    case locked
    /// It is no database, or a broken one.
    case corrupt
    case notWritable
    case cannotOpen(String)
    case other(String)

    init(_ error: any Error) {
        guard let error = error as? DatabaseError else {
            self = (error as? HistoryFault) ?? .other("\(error)")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .notWritable
        case .SQLITE_CANTOPEN: self = .cannotOpen(error.message ?? "no such file or folder")
        default: self = .other(error.message ?? error.description)
        }
    }

    public var description: String {
        switch self {
        case .full: "the disk is full"
        case .locked: "another program has locked the file"
        case .corrupt: "the file is broken"
        case .notWritable: "not allowed to write"
        case .cannotOpen(let why): "cannot be opened: \(why)"
        case .other(let why): why
        }
    }
}

import FairleadWire
import Glibc

/// What the kernel says of a file.
public struct FileStatus: Hashable, Sendable {
    /// What a name stands for.
    public enum Kind: Hashable, Sendable {
        case regular
        case folder
        case socket
        case fifo
        case characterDevice
        case symbolicLink
        case other
    }

    public var kind: Kind
    /// Device and inode: the identity of the file behind the name.
    public var device: UInt64
    public var inode: UInt64
    /// Permission bits, for example `0o660`.
    public var mode: UInt32

    public init(kind: Kind, device: UInt64, inode: UInt64, mode: UInt32) {
        self.kind = kind
        self.device = device
        self.inode = inode
        self.mode = mode
    }
}

/// The calls of a kernel that concern names in the file system.
public protocol FileKernel: AnyObject {
    /// What is behind a name; a symbolic link itself, not its target. Nil where nothing is.
    func status(of path: String) -> FileStatus?
    /// Removes a name: unlink(2).
    func removeFile(_ path: String) -> SystemResult
    /// Sets the permission bits of what is behind a name: chmod(2).
    func setMode(_ mode: UInt32, of path: String) -> SystemResult
    /// The name of the group that a file belongs to.
    func groupName(of path: String) -> String?
    /// Opens a file for reading.
    func openFile(_ path: String) -> SystemResult
    /// Makes a symbolic link at `path`: symlink(2).
    func makeSymbolicLink(_ path: String, to target: String) -> SystemResult
    /// Where a symbolic link leads; nil where there is none.
    func targetOfSymbolicLink(_ path: String) -> String?
    /// A descriptor that becomes readable each time somebody opens the file.
    func watchOpening(of path: String) -> SystemResult
    /// Sets the permission bits of what is open; of a UNIX socket, those that bind(2) will use.
    func setMode(_ mode: UInt32, of descriptor: Int32) -> SystemResult
}

extension FileKernel {
    public func status(of path: String) -> FileStatus? { nil }
    public func removeFile(_ path: String) -> SystemResult { .failure(ENOSYS) }
    public func setMode(_ mode: UInt32, of path: String) -> SystemResult { .failure(ENOSYS) }
    public func groupName(of path: String) -> String? { nil }
    public func openFile(_ path: String) -> SystemResult { .failure(ENOSYS) }
    public func makeSymbolicLink(_ path: String, to target: String) -> SystemResult {
        .failure(ENOSYS)
    }
    public func targetOfSymbolicLink(_ path: String) -> String? { nil }
    public func watchOpening(of path: String) -> SystemResult { .failure(ENOSYS) }
    public func setMode(_ mode: UInt32, of descriptor: Int32) -> SystemResult { .failure(ENOSYS) }
}

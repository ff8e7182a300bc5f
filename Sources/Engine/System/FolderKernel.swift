import FairleadWire
import Glibc

/// The calls of a kernel that look around: at folders, links, device files and who may open them.
public protocol FolderKernel: AnyObject {
    /// The names in a folder, without those that begin with a dot; nil when it cannot be read.
    func names(in folder: String) -> [String]?
    /// The first 4,096 bytes of a file; nil when it cannot be read.
    func contents(of path: String) -> [UInt8]?
    /// The path without links, as realpath(3) gives it; nil where nothing is.
    func realPath(of path: String) -> String?
    /// The number of the device behind a device file (`st_rdev`); nil for everything else.
    func deviceNumber(of path: String) -> UInt64?
    /// Whether this process, as the user that it acts for, may read and write: faccessat(2).
    func mayOpen(_ path: String) -> SystemResult
    /// A descriptor that is readable once a name in a folder comes, goes or has other permissions.
    func watchFolder(_ path: String) -> SystemResult
    /// When what is behind a name was last changed, in seconds since 1970; nil where nothing is.
    func modificationTime(of path: String) -> Int64?
    /// The bytes in a file; nil where nothing is.
    func size(of path: String) -> Int64?
    /// Puts a file with these bytes in the place of what is there, never a half-written one.
    func replaceFile(_ path: String, with bytes: [UInt8]) -> SystemResult
    /// Replaces a file that only its owner may read, who is the folder's owner where we may say so.
    func replacePrivateFile(_ path: String, with bytes: [UInt8]) -> SystemResult
    /// Makes a folder, with all above it that are missing, for their owner alone.
    func makeFolder(_ path: String) -> SystemResult
    /// Gives what is there another name, in the place of what had that name.
    func rename(_ path: String, to name: String) -> SystemResult
}

extension FolderKernel {
    public func names(in folder: String) -> [String]? { nil }
    public func contents(of path: String) -> [UInt8]? { nil }
    public func realPath(of path: String) -> String? { nil }
    public func deviceNumber(of path: String) -> UInt64? { nil }
    public func mayOpen(_ path: String) -> SystemResult { .failure(ENOSYS) }
    public func watchFolder(_ path: String) -> SystemResult { .failure(ENOSYS) }
    public func modificationTime(of path: String) -> Int64? { nil }
    public func replaceFile(_ path: String, with bytes: [UInt8]) -> SystemResult {
        .failure(ENOSYS)
    }
    public func replacePrivateFile(_ path: String, with bytes: [UInt8]) -> SystemResult {
        .failure(ENOSYS)
    }
    public func size(of path: String) -> Int64? { nil }
    public func makeFolder(_ path: String) -> SystemResult { .failure(ENOSYS) }
    public func rename(_ path: String, to name: String) -> SystemResult { .failure(ENOSYS) }
}

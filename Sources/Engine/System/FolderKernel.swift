import FairleadWire
import Glibc

/// The calls of a kernel that read folders.
public protocol FolderKernel: AnyObject {
    /// The names in a folder, without `.` and `..`; nil where there is no folder.
    func names(in folder: String) -> [String]?
    /// When what is behind a name was last changed, in seconds since 1970; nil where nothing is.
    func modificationTime(of path: String) -> Int64?
}

extension FolderKernel {
    public func names(in folder: String) -> [String]? { nil }
    public func modificationTime(of path: String) -> Int64? { nil }
}

extension Kernel {
    /// Reads all regular files in a folder and in those within it, in the order of their names.
    ///
    /// Links, and what begins with a dot, are passed over. The calls block.
    /// - Parameters:
    ///   - left: bytes that may be read yet.
    ///   - found: called with each file: its path below the folder, its bytes, its time of change.
    public func readFolder(
        _ folder: String, _ left: inout Int, below prefix: String = "",
        _ found: (_ name: String, _ bytes: [UInt8], _ modified: Int64) -> Void
    ) throws(SystemError) {
        guard let names = names(in: folder) else { throw SystemError(ENOTDIR, "read \(folder)") }
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder + "/" + name
            switch status(of: path)?.kind {
            case .regular:
                let bytes = try readFile(path, atMost: left)
                left -= bytes.count
                found(prefix + name, bytes, modificationTime(of: path) ?? 0)
            case .folder: try readFolder(path, &left, below: prefix + name + "/", found)
            default: break
            }
        }
    }

    /// Reads a file whole.
    ///
    /// - Throws: `EFBIG` for one above `limit` bytes.
    public func readFile(_ path: String, atMost limit: Int) throws(SystemError) -> [UInt8] {
        let descriptor = try openFile(path).descriptor("open \(path)")
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let result = uninterrupted {
                var span = chunk.mutableSpan
                return read(descriptor, into: &span)
            }
            let count = try result.get("read \(path)")
            if count == 0 { return bytes }
            if count > limit - bytes.count { throw SystemError(EFBIG, "read \(path)") }
            bytes += chunk[..<count]
        }
    }
}

extension PosixKernel {
    public func names(in folder: String) -> [String]? {
        guard let stream = unsafe opendir(folder) else { return nil }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                unsafe String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    public func modificationTime(of path: String) -> Int64? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return Int64(status.st_mtim.tv_sec)
    }
}

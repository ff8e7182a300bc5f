import FairleadWire
import Glibc

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
        for name in names.sorted() {
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

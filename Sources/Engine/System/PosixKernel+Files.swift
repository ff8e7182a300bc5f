import CSystem
import FairleadWire
import Glibc

extension PosixKernel {
    public func status(of path: String) -> FileStatus? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return Self.status(status)
    }

    static func status(_ status: stat) -> FileStatus {
        FileStatus(
            kind: kind(status.st_mode), device: UInt64(status.st_dev),
            inode: UInt64(status.st_ino), mode: status.st_mode & 0o7777)
    }

    public func removeFile(_ path: String) -> SystemResult {
        unsafe unlink(path) == 0 ? .success : .failure(errno)
    }

    public func setMode(_ mode: UInt32, of path: String) -> SystemResult {
        unsafe chmod(path, mode) == 0 ? .success : .failure(errno)
    }

    public func groupName(of path: String) -> String? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            var entry = unsafe group()
            var found: UnsafeMutablePointer<group>?
            _ = unsafe getgrgid_r(
                status.st_gid, &entry, buffer.baseAddress, buffer.count, &found)
            guard let found = unsafe found else { return nil }
            return unsafe String(cString: found.pointee.gr_name)
        }
    }

    public func openFile(_ path: String) -> SystemResult {
        if path.utf8.contains(0) { return .failure(EINVAL) }
        return opened(unsafe fl_open_read(path))
    }

    public func makeSymbolicLink(_ path: String, to target: String) -> SystemResult {
        unsafe SystemResult(fl_symlink(target, path))
    }

    public func targetOfSymbolicLink(_ path: String) -> String? {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            let count = unsafe fl_readlink(path, buffer.baseAddress, UInt64(buffer.count))
            if count < 0 { return nil }
            let bytes = unsafe buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    public func watchOpening(of path: String) -> SystemResult {
        opened(unsafe fl_watch_opening(path))
    }

    public func setMode(_ mode: UInt32, of descriptor: Int32) -> SystemResult {
        fchmod(descriptor, mode) == 0 ? .success : .failure(errno)
    }

    private static func kind(_ mode: mode_t) -> FileStatus.Kind {
        switch mode & S_IFMT {
        case S_IFREG: .regular
        case S_IFDIR: .folder
        case S_IFSOCK: .socket
        case S_IFIFO: .fifo
        case S_IFCHR: .characterDevice
        case S_IFLNK: .symbolicLink
        default: .other
        }
    }
}

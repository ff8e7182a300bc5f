import CSystem
import FairleadWire
import Glibc

extension PosixKernel {
    public func status(of path: String) -> FileStatus? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return FileStatus(
            kind: Self.kind(status.st_mode), device: UInt64(status.st_dev),
            inode: UInt64(status.st_ino), mode: status.st_mode & 0o7777)
    }

    public func removeFile(_ path: String) -> SystemResult {
        unsafe unlink(path) == 0 ? .success : .failure(errno)
    }

    public func setMode(_ mode: UInt32, of path: String) -> SystemResult {
        unsafe chmod(path, mode) == 0 ? .success : .failure(errno)
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

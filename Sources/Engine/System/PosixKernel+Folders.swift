import CSystem
import FairleadWire
import Glibc

extension PosixKernel {
    public func names(in folder: String) -> [String]? { namesInFolder(folder) }

    public func contents(of path: String) -> [UInt8]? { contentsOfSmallFile(path) }

    public func realPath(of path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    public func deviceNumber(of path: String) -> UInt64? {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else {
            return nil
        }
        return UInt64(status.st_rdev)
    }

    public func modificationTime(of path: String) -> Int64? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return Int64(status.st_mtim.tv_sec)
    }

    public func mayOpen(_ path: String) -> SystemResult {
        unsafe SystemResult(fl_may_open(path))
    }

    public func watchFolder(_ path: String) -> SystemResult {
        opened(unsafe fl_watch_folder(path))
    }

    public func replaceFile(_ path: String, with bytes: [UInt8]) -> SystemResult {
        unsafe bytes.withUnsafeBytes { raw in
            unsafe SystemResult(fl_replace_file(path, raw.baseAddress, raw.count))
        }
    }

    public func replacePrivateFile(_ path: String, with bytes: [UInt8]) -> SystemResult {
        unsafe bytes.withUnsafeBytes { raw in
            unsafe SystemResult(fl_replace_private_file(path, raw.baseAddress, raw.count))
        }
    }

    public func size(of path: String) -> Int64? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    public func makeFolder(_ path: String) -> SystemResult {
        var made = path.hasPrefix("/") ? "" : "."
        for name in path.split(separator: "/") {
            made += "/\(name)"
            if unsafe mkdir(made, 0o700) != 0, errno != EEXIST { return .failure(errno) }
        }
        return status(of: path)?.kind == .folder ? SystemResult(0) : .failure(ENOTDIR)
    }

    public func rename(_ path: String, to name: String) -> SystemResult {
        unsafe Glibc.rename(path, name) == 0 ? SystemResult(0) : .failure(errno)
    }
}

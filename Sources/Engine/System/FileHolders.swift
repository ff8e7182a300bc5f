// Who has a file open, from /proc: what lsof(8) and fuser(1) read. Only asked for to word an
// error, because it looks at every process.
import FairleadWire
import Glibc

/// The processes, other than this one, that have the file behind `path` open.
func fileHolders(of path: String) -> [FileHolder] {
    var wanted = stat()
    guard unsafe stat(path, &wanted) == 0 else { return [] }
    let mine = getpid()
    return (namesInFolder("/proc") ?? []).compactMap { name in
        guard let process = Int32(name), process != mine, holds(process, wanted) else { return nil }
        return FileHolder(process: process, name: processName(process))
    }
}

private func holds(_ process: Int32, _ wanted: stat) -> Bool {
    let folder = "/proc/\(process)/fd"
    return (namesInFolder(folder) ?? []).contains { name in
        var found = stat()
        guard unsafe stat("\(folder)/\(name)", &found) == 0 else { return false }
        if found.st_dev == wanted.st_dev, found.st_ino == wanted.st_ino { return true }
        // Two device files of one device are one thing.
        return wanted.st_mode & S_IFMT == S_IFCHR && found.st_mode & S_IFMT == S_IFCHR
            && found.st_rdev == wanted.st_rdev
    }
}

private func processName(_ process: Int32) -> String {
    let bytes = contentsOfSmallFile("/proc/\(process)/comm") ?? []
    return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
}

/// The names in a folder, without those that begin with a dot; none when it cannot be read.
func namesInFolder(_ path: String) -> [String]? {
    guard let folder = unsafe opendir(path) else { return nil }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
        let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { raw in
            unsafe String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names
}

/// The first 4,096 bytes of a file.
func contentsOfSmallFile(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(descriptor, &bytes, bytes.count)
    return count >= 0 ? Array(bytes.prefix(count)) : nil
}

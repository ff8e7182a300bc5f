import Glibc

/// A file of its own for one test; it goes away with its owner.
final class TestFile {
    let path = "/tmp/fairlead-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"

    /// A regular file with these bytes.
    init(_ bytes: [UInt8]) {
        guard let file = unsafe fopen(path, "w") else { return }
        unsafe fwrite(bytes, 1, bytes.count, file)
        unsafe fclose(file)
    }

    /// A FIFO.
    init(fifo mode: mode_t) { unsafe mkfifo(path, mode) }

    /// Opens the file for writing, without waiting for a reader.
    func openToWrite() -> Int32 { unsafe open(path, O_WRONLY | O_NONBLOCK) }

    deinit { unsafe unlink(path) }
}

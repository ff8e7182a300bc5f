/// The one owner of an open descriptor: closes it when it goes out of scope.
///
/// For set-up paths with many exits; a transport takes the number over with `release()`.
struct Descriptor: ~Copyable {
    private(set) var number: Int32
    private let kernel: any Kernel

    init(_ number: Int32, of kernel: any Kernel) {
        self.number = number
        self.kernel = kernel
    }

    /// Gives the number up to a new owner, who closes it from now on.
    consuming func release() -> Int32 {
        let released = number
        number = -1
        return released
    }

    deinit {
        if number >= 0 { kernel.close(number) }
    }
}

import CSystem
import FairleadWire
import Glibc

extension PosixKernel {
    public func makePipe(oursReads: Bool)
        -> Result<(reading: Int32, writing: Int32), SystemError>
    {
        var ends: [Int32] = [-1, -1]
        let result = unsafe fl_pipe(&ends, oursReads ? 0 : 1)
        if result < 0 { return .failure(SystemError(-result, "pipe")) }
        openDescriptors += 2
        return .success((ends[0], ends[1]))
    }

    public func spawn(_ request: SpawnRequest) -> SystemResult {
        let texts = [request.program] + request.arguments + (request.environment ?? [])
        if request.standard.count != 3 || texts.contains(where: { $0.utf8.contains(0) }) {
            return .failure(EINVAL)
        }
        return unsafe withCStrings([request.program] + request.arguments) { arguments in
            guard let environment = request.environment else {
                return unsafe start(request, arguments, environ)
            }
            return unsafe withCStrings(environment) { unsafe start(request, arguments, $0) }
        }
    }

    private func start(
        _ request: SpawnRequest, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
        _ environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> SystemResult {
        unsafe SystemResult(
            fl_spawn(
                request.program, arguments, environment, request.folder, request.standard,
                request.terminal))
    }

    public func processDescriptor(_ process: Int32) -> SystemResult {
        opened(fl_process_descriptor(process))
    }

    public func reap(_ process: Int32) -> ProcessExit? {
        var status: Int32 = 0
        guard unsafe fl_reap(process, &status) == 1 else { return nil }
        return status < 0 ? .signal(-status) : .status(status)
    }

    public func sendSignal(_ number: Int32, to process: Int32) -> SystemResult {
        SystemResult(fl_kill(process, number))
    }

    public func status(of descriptor: Int32) -> FileStatus? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        return Self.status(status)
    }

    public func borrow(_ descriptor: Int32, writable: Bool)
        -> Result<BorrowedDescriptor, SystemError>
    {
        guard let kind = status(of: descriptor)?.kind else {
            return .failure(SystemError(EBADF, "descriptor \(descriptor)"))
        }
        // A description of our own, where there can be one: O_NONBLOCK on a shared one would
        // reach into the shell that started us. A file keeps its place, so it stays shared.
        if kind == .characterDevice || kind == .fifo {
            let result = fl_reopen(descriptor, writable ? 1 : 0)
            if result >= 0 {
                return .success(BorrowedDescriptor(descriptor: Int32(opened(result).rawValue)))
            }
        }
        let copy = fl_duplicate(descriptor)
        if copy < 0 { return .failure(SystemError(-copy, "descriptor \(descriptor)")) }
        _ = opened(copy)
        if kind == .regular { return .success(BorrowedDescriptor(descriptor: copy)) }
        let flags = fl_flags(copy)
        _ = fl_set_nonblocking(copy)
        return .success(BorrowedDescriptor(descriptor: copy, flags: flags >= 0 ? flags : nil))
    }

    public func giveBack(_ borrowed: BorrowedDescriptor) {
        if let flags = borrowed.flags { _ = fl_set_flags(borrowed.descriptor, flags) }
    }

    public func duplicate(_ descriptor: Int32) -> SystemResult {
        opened(fl_duplicate(descriptor))
    }

    public func setNonBlocking(_ descriptor: Int32) -> SystemResult {
        SystemResult(fl_set_nonblocking(descriptor))
    }
}

/// Lends the texts as the NULL-terminated array of C strings that exec(3) takes.
private func withCStrings<Result>(
    _ texts: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Result
) -> Result {
    var pointers = unsafe texts.map { unsafe strdup($0) }
    defer { unsafe pointers.forEach { unsafe free($0) } }
    unsafe pointers.append(nil)
    return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
}

import FairleadWire
import Glibc

extension Reactor {
    /// Starts a program and connects `factory`'s protocol to it.
    ///
    /// - Throws: `SystemError`, for example with `ENOENT` when there is no such program or folder.
    @discardableResult
    public func spawn(_ options: ProcessOptions, _ factory: StreamFactory) throws(SystemError)
        -> any ProcessTransport
    {
        if let folder = options.workingDirectory, kernel.status(of: folder) == nil {
            throw SystemError(ENOENT, "working directory \(folder)")
        }
        let child = options.hasTerminal ? try spawnOnTerminal(options) : try spawnOnPipes(options)
        _ = try begin(child, options.program, factory)
        return child
    }

    private func spawnOnTerminal(_ options: ProcessOptions) throws(SystemError) -> ChildProcess {
        let number = try kernel.openPseudoTerminal().descriptor("open a pseudo-terminal")
        let master = Descriptor(number, of: kernel)
        var request = request(options)
        request.terminal = kernel.pseudoTerminalPath(of: number)
        let process = try start(request)
        let descriptor = master.release()
        return ChildProcess(
            self, process, input: descriptor, output: descriptor, errors: -1, hasTerminal: true)
    }

    private func spawnOnPipes(_ options: ProcessOptions) throws(SystemError) -> ChildProcess {
        let input = try Pipe(oursReads: false, kernel)
        let output = try Pipe(oursReads: true, kernel)
        let errors =
            options.standardError == .separate ? try Pipe(oursReads: true, kernel) : nil
        var request = request(options)
        let errorTarget: Int32 =
            switch options.standardError {
            case .inherited: 2
            case .merged: output.theirs
            case .separate: errors?.theirs ?? -1
            }
        request.standard = [input.theirs, output.theirs, errorTarget]
        let process = try start(request)
        return ChildProcess(
            self, process, input: output.takeOurs(), output: input.takeOurs(),
            errors: errors?.takeOurs() ?? -1, hasTerminal: false)
    }

    private func request(_ options: ProcessOptions) -> SpawnRequest {
        SpawnRequest(
            program: options.program, arguments: options.arguments,
            environment: options.environment?.map { "\($0.key)=\($0.value)" }.sorted(),
            folder: options.workingDirectory)
    }

    private func start(_ request: SpawnRequest) throws(SystemError) -> Int32 {
        let result = kernel.spawn(request)
        return Int32(truncatingIfNeeded: try result.get("start \(request.program)"))
    }
}

/// A pipe between us and a child; what nobody has taken is closed with it.
private final class Pipe {
    private let kernel: any Kernel
    private var ours: Int32
    let theirs: Int32

    init(oursReads: Bool, _ kernel: any Kernel) throws(SystemError) {
        let ends = try kernel.makePipe(oursReads: oursReads).get()
        self.kernel = kernel
        ours = oursReads ? ends.reading : ends.writing
        theirs = oursReads ? ends.writing : ends.reading
    }

    func takeOurs() -> Int32 {
        defer { ours = -1 }
        return ours
    }

    deinit {
        kernel.close(theirs)
        if ours >= 0 { kernel.close(ours) }
    }
}

import FairleadEngine
import Glibc

/// An open serial line of a simulated kernel.
final class SimulatedLine: SimulatedFile {
    let uart: SimulatedUART
    var settings = SerialSettings()

    init(_ kernel: SimulatedKernel, _ uart: SimulatedUART) {
        self.uart = uart
        super.init(kernel)
    }

    override var readiness: Readiness {
        if uart.isGone { return [.readable, .writable, .hangUp] }
        return uart.arrived.isEmpty ? .writable : [.readable, .writable]
    }

    override func read(into buffer: inout MutableSpan<UInt8>, atMost limit: Int) -> SystemResult {
        if uart.isGone { return .success }
        let bytes = Array(uart.take(min(limit, buffer.count)))
        if bytes.isEmpty { return .failure(EAGAIN) }
        for (place, byte) in bytes.enumerated() { buffer[place] = byte }
        return SystemResult(bytes.count)
    }

    override func write(_ bytes: Span<UInt8>) -> SystemResult {
        if uart.isGone { return .failure(EIO) }
        for place in bytes.indices { uart.received.append(bytes[place]) }
        return SystemResult(bytes.count)
    }

    override func closed() { uart.stopListening() }
}

extension SimulatedKernel {
    /// Plugs a device in as a node.
    public func plug(_ uart: SimulatedUART, as node: String) { lines[node] = uart }

    /// Pulls a device out: whoever has it open is hung up on.
    public func unplug(_ node: String) { lines.removeValue(forKey: node)?.pull() }

    public func realPath(of path: String) -> String? { status(of: path) == nil ? nil : path }

    public func openLine(_ path: String) -> SystemResult {
        if vanishing.contains(path) { return .failure(ENOENT) }
        guard let uart = lines[path] else {
            return .failure(names.status(of: path) == nil ? ENOENT : ENOTTY)
        }
        return install(SimulatedLine(self, uart))
    }

    private func line(_ descriptor: Int32) -> SimulatedLine? {
        file(descriptor) as? SimulatedLine
    }

    public func lineState(of descriptor: Int32) -> Result<LineState, SystemError> {
        line(descriptor) == nil ? .failure(SystemError(ENOTTY, "termios")) : .success(LineState())
    }

    public func restoreLine(_ descriptor: Int32, to state: LineState) -> SystemResult { .success }

    public func setLine(_ descriptor: Int32, to settings: SerialSettings) -> SystemResult {
        guard let line = line(descriptor) else { return .failure(ENOTTY) }
        if line.uart.isGone { return .failure(EIO) }
        guard settings.isValid, line.uart.takesSettings else { return .failure(EINVAL) }
        line.settings = settings
        line.uart.listen(settings)
        return .success
    }

    public func lineSettings(of descriptor: Int32) -> SerialSettings? { line(descriptor)?.settings }

    public func discard(_ queue: SerialQueue, of descriptor: Int32) -> SystemResult {
        line(descriptor)?.uart.discard()
        return .success
    }
}

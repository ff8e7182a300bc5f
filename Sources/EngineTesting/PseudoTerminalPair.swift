import FairleadEngine

/// A pseudo-terminal that stands in for a serial device.
///
/// Its path is for the code under test, its other end for the test, which plays the device and
/// may be pulled out.
///
/// Pseudo-terminals differ from real lines in two ways: they take any speed but always have eight
/// data bits and no parity, and they have no modem lines.
public final class PseudoTerminalPair {
    /// What the code under test opens.
    public let path: String
    private let kernel: any Kernel
    private var device: Int32

    /// - Throws: `SystemError` when the system gives no pseudo-terminal.
    public init(kernel: any Kernel = PosixKernel()) throws(SystemError) {
        self.kernel = kernel
        device = Int32(
            truncatingIfNeeded: try kernel.openPseudoTerminal().get("open a pseudo-terminal"))
        guard let path = kernel.pseudoTerminalPath(of: device) else {
            kernel.close(device)
            throw SystemError(25, "name of a pseudo-terminal")
        }
        self.path = path
        // Raw from the start: what the test sends before the line is opened is kept as it is.
        _ = kernel.setLine(device, to: SerialSettings())
    }

    /// Sends bytes as the device would; gives how many the terminal took.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Int { max(kernel.write(device, bytes.span).rawValue, 0) }

    @discardableResult
    public func send(_ text: String) -> Int { send(Array(text.utf8)) }

    /// What has arrived at the device so far.
    public func receive() -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            var target = chunk.mutableSpan
            let count = kernel.read(device, into: &target).rawValue
            if count <= 0 { return all }
            all += chunk.prefix(count)
        }
    }

    /// How the code under test has set the line.
    public var settings: SerialSettings? { kernel.lineSettings(of: device) }

    /// Pulls the device out: the other end is hung up.
    public func pull() {
        guard device >= 0 else { return }
        kernel.close(device)
        device = -1
    }

    deinit { pull() }
}

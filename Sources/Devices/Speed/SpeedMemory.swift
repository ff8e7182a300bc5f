// The last good settings of each device, so that the second time is quick. In a file, where one
// is given: a line a device, `4800 8 none 1 usb-067b:2303-at-…`. A file that cannot be read or
// written costs a search, never more; what is wrong in it is passed over.
import FairleadEngine
import FairleadWire

/// Remembers which settings were right for which device.
public final class SpeedMemory {
    private let file: String?
    private let kernel: any Kernel
    /// The newest last.
    private var entries: [(identity: DeviceIdentity, settings: SerialSettings)] = []
    /// Devices that are remembered; the oldest are forgotten first.
    private static let capacity = 64

    /// - Parameter file: where it is kept over restarts; nil keeps it in memory only.
    public init(file: String? = nil, kernel: any Kernel = PosixKernel()) {
        self.file = file
        self.kernel = kernel
        guard let file, let bytes = kernel.contents(of: file) else { return }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            if let entry = Self.entry(line) { entries.append(entry) }
        }
    }

    /// What was right the last time.
    public func settings(for identity: DeviceIdentity) -> SerialSettings? {
        entries.last { $0.identity == identity }?.settings
    }

    /// Notes what is right; an error is that of writing the file.
    public func remember(_ settings: SerialSettings, for identity: DeviceIdentity)
        throws(SystemError)
    {
        if self.settings(for: identity) == settings { return }
        entries.removeAll { $0.identity == identity }
        entries.append((identity, settings))
        entries.removeFirst(max(entries.count - Self.capacity, 0))
        guard let file else { return }
        let text = entries.map { Self.line($0.identity, $0.settings) }.joined()
        _ = try kernel.replaceFile(file, with: Array(text.utf8)).get("write \(file)")
    }

    private static func line(_ identity: DeviceIdentity, _ settings: SerialSettings) -> String {
        "\(settings.baud) \(settings.dataBits) \(settings.parity.rawValue) \(settings.stopBits)"
            + " \(identity)\n"
    }

    private static func entry(_ line: Substring) -> (DeviceIdentity, SerialSettings)? {
        let parts = line.split(separator: " ", maxSplits: 4)
        guard parts.count == 5, let baud = Int(parts[0]), let bits = Int(parts[1]),
            let parity = SerialSettings.Parity(rawValue: String(parts[2])),
            let stop = Int(parts[3])
        else { return nil }
        let settings = SerialSettings(baud: baud, dataBits: bits, parity: parity, stopBits: stop)
        return settings.isValid ? (DeviceIdentity(text: String(parts[4])), settings) : nil
    }
}

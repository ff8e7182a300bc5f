/// How a serial line is set: speed, frame and flow control.
public struct SerialSettings: Hashable, Sendable, CustomStringConvertible {
    /// What the bit after the data bits says.
    public enum Parity: String, Hashable, Sendable, CaseIterable {
        case none
        case even
        case odd
        /// The parity bit is always 1.
        case mark
        /// The parity bit is always 0.
        case space
    }

    /// How the receiving side slows the sending one down.
    public enum FlowControl: String, Hashable, Sendable, CaseIterable {
        case none
        /// XON and XOFF bytes in the data.
        case xonXoff
        /// The modem lines RTS and CTS.
        case rtsCts
    }

    /// Speeds that can be asked for; what a device can do is for its driver to say.
    public static let speeds = 1...20_000_000

    /// Bits per second, also ones without a name such as 250,000.
    public var baud: Int
    /// Data bits a byte, 5 to 8.
    public var dataBits: Int
    public var parity: Parity
    /// 1 or 2.
    public var stopBits: Int
    public var flowControl: FlowControl
    /// Whether closing drops DTR and RTS. Off, so that the next opening does not reset the device.
    public var hangUpOnClose: Bool

    public init(
        baud: Int = 9600, dataBits: Int = 8, parity: Parity = .none, stopBits: Int = 1,
        flowControl: FlowControl = .none, hangUpOnClose: Bool = false
    ) {
        self.baud = baud
        self.dataBits = dataBits
        self.parity = parity
        self.stopBits = stopBits
        self.flowControl = flowControl
        self.hangUpOnClose = hangUpOnClose
    }

    /// Whether there is such a line at all.
    public var isValid: Bool {
        Self.speeds.contains(baud) && (5...8).contains(dataBits) && (1...2).contains(stopBits)
    }

    /// `4800 8N1`, with the flow control where there is one.
    public var description: String {
        let letter = parity.rawValue.prefix(1).uppercased()
        let flow =
            switch flowControl {
            case .none: ""
            case .xonXoff: " XON/XOFF"
            case .rtsCts: " RTS/CTS"
            }
        return "\(baud) \(dataBits)\(letter)\(stopBits)\(flow)"
    }
}

/// The control lines of a serial port.
public struct ModemLines: OptionSet, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Data terminal ready: ours to set.
    public static let dtr = ModemLines(rawValue: 0x002)
    /// Request to send: ours to set.
    public static let rts = ModemLines(rawValue: 0x004)
    /// Clear to send.
    public static let cts = ModemLines(rawValue: 0x020)
    /// Data carrier detect: where many receivers put their pulse per second.
    public static let dcd = ModemLines(rawValue: 0x040)
    /// Ring indicator.
    public static let ring = ModemLines(rawValue: 0x080)
    /// Data set ready.
    public static let dsr = ModemLines(rawValue: 0x100)

    /// The lines that we drive; the others are the device's.
    public static let ours: ModemLines = [.dtr, .rts]

    /// The names of the lines that are on: `DTR RTS CTS`.
    public var description: String {
        let names: [(ModemLines, String)] = [
            (.dtr, "DTR"), (.rts, "RTS"), (.cts, "CTS"), (.dsr, "DSR"), (.dcd, "DCD"),
            (.ring, "RI"),
        ]
        return names.filter { contains($0.0) }.map(\.1).joined(separator: " ")
    }
}

/// Which bytes of a serial line are thrown away.
public enum SerialQueue: Sendable {
    /// What has arrived and was not read.
    case input
    /// What was written and has not left.
    case output
    case both
}

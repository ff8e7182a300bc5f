/// A serial device of this machine.
public struct SerialDevice: Hashable, Sendable, CustomStringConvertible {
    /// The device file: `/dev/ttyUSB0`.
    public var node: String
    /// Which device it is, also when it comes back as another node.
    public var identity: DeviceIdentity
    /// The links to the node that stay with the device or its socket, and ours: full paths.
    public var links: [String] = []
    /// Who made it and what it is; USB only.
    public var usb: USBNumbers?
    /// The maker's name as the device gives it.
    public var vendor: String?
    /// The product's name as the device gives it.
    public var product: String?
    public var serialNumber: String?
    /// The kernel's driver: `ftdi_sio`.
    public var driver: String?
    /// The number of the USB interface: `00`.
    public var interface: String?
    /// Where on the machine it is plugged in; USB only.
    public var place: USBPlace?
    /// What it probably is.
    public var kind = ProbableKind.unknown
    /// Changes when the node is made anew, although it may be called the same.
    var incarnation: UInt64 = 0

    public init(node: String, identity: DeviceIdentity) {
        self.node = node
        self.identity = identity
    }

    /// The link that udev makes of the maker's name and serial number, where there is one.
    public var linkByID: String? { links.first { $0.contains("/serial/by-id/") } }
    /// The link that udev makes of the socket, where there is one.
    public var linkByPath: String? { links.first { $0.contains("/serial/by-path/") } }

    /// Whether this path, a node or a link, is this device.
    public func isCalled(_ path: String) -> Bool { path == node || links.contains(path) }

    /// `/dev/ttyUSB0, u-blox 8 (receiver)`.
    public var description: String { "\(node), \(product ?? kind.description)" }
}

/// Whether this process may open a device.
public enum DeviceAccess: Hashable, Sendable, CustomStringConvertible {
    case allowed
    /// Only members of this group may.
    case needsGroup(String)
    /// Only its owner may.
    case refused
    /// There is no such node.
    case absent

    /// What to do about it, in words.
    public var description: String {
        switch self {
        case .allowed: "allowed"
        case .needsGroup(let group): "join the group \(group): sudo adduser $USER \(group)"
        case .refused: "only its owner may open it"
        case .absent: "no such node"
        }
    }
}

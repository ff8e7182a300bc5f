/// What has happened to a serial device.
public enum DeviceChange: Hashable, Sendable, CustomStringConvertible {
    case added(SerialDevice)
    case removed(SerialDevice)
    /// Its links, names or permissions are others now.
    case changed(SerialDevice)

    /// The device as it is, or was last.
    public var device: SerialDevice {
        switch self {
        case .added(let device), .removed(let device), .changed(let device): device
        }
    }

    public var description: String {
        switch self {
        case .added(let device): "added \(device)"
        case .removed(let device): "removed \(device)"
        case .changed(let device): "changed \(device)"
        }
    }

    /// What leads from one list to another: first what has gone, then what has come.
    static func between(_ old: [SerialDevice], _ new: [SerialDevice]) -> [DeviceChange] {
        func isSame(_ left: SerialDevice, _ right: SerialDevice) -> Bool {
            left.node == right.node && left.identity == right.identity
                && left.incarnation == right.incarnation
        }
        let gone = old.filter { before in !new.contains { isSame(before, $0) } }
        let come = new.filter { after in !old.contains { isSame($0, after) } }
        let changed = new.filter { after in
            old.contains { isSame($0, after) && $0 != after }
        }
        return gone.map { .removed($0) } + come.map { .added($0) } + changed.map { .changed($0) }
    }
}

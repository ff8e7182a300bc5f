/// Which device is to be attached.
public enum AttachmentTarget: Hashable, Sendable, CustomStringConvertible {
    /// The device that is called so now, by node or link; once it has been open, wherever it goes.
    case path(String)
    /// The device with this identity, whatever its node is called.
    case identity(DeviceIdentity)
    /// Any device that may be a receiver and that no other attachment has.
    case any

    public var description: String {
        switch self {
        case .path(let path): path
        case .identity(let identity): identity.text
        case .any: "any receiver"
        }
    }
}

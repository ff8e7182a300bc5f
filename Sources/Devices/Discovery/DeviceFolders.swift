/// Where the kernel shows its devices; a test shows its own.
public struct DeviceFolders: Hashable, Sendable {
    /// The kernel's tree of devices.
    public var system: String
    /// The folder of device files.
    public var devices: String
    /// Where udev keeps its data while it runs.
    public var udev: String

    public init(system: String = "/sys", devices: String = "/dev", udev: String = "/run/udev") {
        self.system = system
        self.devices = devices
        self.udev = udev
    }
}

// Serial devices as the kernel shows them in /sys: a folder for each, with a link to the hardware,
// above which lie, on the way up, a driver, a USB interface with its number, and a USB device
// with who made it. It works without udev; what udev adds (names from its data base, links) is
// put on top of it by UdevSource. Everything read here may have been chosen by whoever built the
// device: text is cleaned, numbers are read strictly, and every walk has an end.
import FairleadEngine
import FairleadWire

/// The kernel's own account of its serial devices.
public final class SystemTree: DeviceSource {
    private let kernel: any Kernel
    public let folders: DeviceFolders
    /// The most folders from a device up to the root that are looked at.
    private static let depth = 24

    public init(_ folders: DeviceFolders = DeviceFolders(), kernel: any Kernel = PosixKernel()) {
        self.kernel = kernel
        self.folders = folders
    }

    public func devices() -> [SerialDevice] {
        let links = links()
        return terminals().compactMap { name in
            var device = device(name)
            if let node = device?.node { device?.links = links[node] ?? [] }
            return device
        }.distinct()
    }

    /// The names of all terminals that the kernel has, with hardware or without.
    func terminals() -> [String] { kernel.names(in: folders.system + "/class/tty") ?? [] }

    /// What is known of one serial device, by the name of its node; nil where no hardware is.
    func device(_ name: String) -> SerialDevice? {
        let folder = "\(folders.system)/class/tty/\(name)"
        // One call tells off the many consoles; the path without links costs one for each part.
        guard kernel.status(of: folder + "/device") != nil, isFitted(folder),
            let hardware = kernel.realPath(of: folder + "/device")
        else { return nil }
        let node = "\(folders.devices)/\(name)"
        guard let status = kernel.status(of: node) else { return nil }
        var device = SerialDevice(node: node, identity: .port(name))
        device.incarnation = status.inode
        climb(from: hardware, into: &device)
        if let usb = device.usb, let place = device.place {
            device.kind = USBTable.row(for: usb)?.kind ?? .unknown
            device.identity =
                .byNumber(usb, serial: device.serialNumber, place: place)
                ?? .byPlace(usb, place)
        }
        return device
    }

    /// Whether there is a chip: the kernel makes nodes for PC ports that are not fitted, type 0.
    private func isFitted(_ folder: String) -> Bool { text(folder + "/type") != "0" }

    /// Collects what the folders on the way up to the root say.
    private func climb(from hardware: String, into device: inout SerialDevice) {
        var folder = hardware
        let port = text(folder + "/port_number").flatMap { Int($0) } ?? 0
        for _ in 0..<Self.depth where folder.count > folders.system.count {
            if device.driver == nil,
                let driver = kernel.targetOfSymbolicLink(folder + "/driver")
            {
                device.driver = clean(driver.split(separator: "/").last.map(String.init))
            }
            if device.interface == nil, let interface = text(folder + "/bInterfaceNumber") {
                device.interface = interface
                device.place = USBPlace(path: folder, interface: interface, port: port)
            }
            if let usb = USBNumbers(
                vendor: text(folder + "/idVendor"), product: text(folder + "/idProduct"))
            {
                device.usb = usb
                device.vendor = text(folder + "/manufacturer")
                device.product = text(folder + "/product")
                device.serialNumber = text(folder + "/serial")
                return
            }
            folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        }
    }

    /// The links to nodes, by node.
    private func links() -> [String: [String]] {
        var links: [String: [String]] = [:]
        for below in ["", "/serial/by-id", "/serial/by-path"] {
            let folder = folders.devices + below
            for name in (kernel.names(in: folder) ?? []).sorted() where !Self.isNode(name) {
                let path = "\(folder)/\(name)"
                guard kernel.status(of: path)?.kind == .symbolicLink,
                    let node = kernel.realPath(of: path)
                else { continue }
                links[node, default: []].append(path)
            }
        }
        return links
    }

    /// Whether this is the name of a node, as most in /dev are: no use to ask whether it is a link.
    private static func isNode(_ name: String) -> Bool {
        ["tty", "vcs", "loop", "ram", "nbd", "sd"].contains { name.hasPrefix($0) }
    }

    // MARK: Access

    /// Who has the device open, as far as we may see.
    public func holders(of device: SerialDevice) -> [FileHolder] {
        kernel.holders(of: device.node)
    }

    /// Whether we may open a node, and else who may.
    public func access(to node: String) -> DeviceAccess {
        if kernel.mayOpen(node).isSuccess { return .allowed }
        guard let real = kernel.realPath(of: node), let status = kernel.status(of: real) else {
            return .absent
        }
        guard status.mode & 0o060 == 0o060, let group = kernel.groupName(of: real) else {
            return .refused
        }
        return .needsGroup(group)
    }

    // MARK: Text

    /// The first line of a small file, cleaned; nil when there is none.
    private func text(_ path: String) -> String? {
        guard let bytes = kernel.contents(of: path) else { return nil }
        return clean(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
    }

    private func clean(_ text: String?) -> String? { text.flatMap { deviceText($0) } }
}

/// Text that a device gave, fit for a terminal and a log: printable, without ends, not too long.
func deviceText(_ text: String) -> String? {
    let printable = text.unicodeScalars.prefix(128).map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            return Character("?")
        default: return Character(scalar)
        }
    }
    let trimmed = String(printable).drop { $0 == " " }
    let kept = String(trimmed.reversed().drop { $0 == " " }.reversed())
    return kept.isEmpty ? nil : kept
}

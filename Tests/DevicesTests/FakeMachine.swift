// A machine's folders in a fresh place: /sys as the kernel lays it out, device files (regular
// files here, for only their names and links count), links of udev, and what one does with them.
import FairleadDevices
import Foundation

/// A USB device that can be plugged into a fake machine.
struct FakeAdapter {
    var vendor = "0403"
    var product = "6001"
    var maker = "FTDI"
    var name = "FT232R USB UART"
    var serial: String? = "A1"
    var driver = "ftdi_sio"
    /// CDC ACM devices have no port between the interface and the terminal.
    var isModemClass = false
    var type: String?
}

/// Folders that look like those of a machine with serial devices.
final class FakeMachine {
    let root = "/tmp/fairlead-devices-" + UUID().uuidString.prefix(13)
    private let files = FileManager.default

    var folders: DeviceFolders {
        DeviceFolders(
            system: root + "/sys", devices: root + "/dev", udev: root + "/run/udev")
    }

    init() throws {
        for folder in ["sys/class/tty", "sys/devices", "sys/drivers", "dev"] {
            try makeFolder(folder)
        }
    }

    deinit { try? files.removeItem(atPath: root) }

    /// Plugs an adapter into a socket, `2` or `2.1` behind a hub, as a node.
    func plug(_ adapter: FakeAdapter, into socket: String, as node: String) throws {
        let usb = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-\(socket)"
        let interface = "\(usb)/1-\(socket):1.0"
        let hardware = adapter.isModemClass ? interface : "\(interface)/\(node)"
        try write(adapter.vendor, "\(usb)/idVendor")
        try write(adapter.product, "\(usb)/idProduct")
        try write(adapter.maker, "\(usb)/manufacturer")
        try write(adapter.name, "\(usb)/product")
        if let serial = adapter.serial { try write(serial, "\(usb)/serial") }
        try write("00", "\(interface)/bInterfaceNumber")
        try addTerminal(node, at: hardware, driver: adapter.driver)
        if let type = adapter.type { try write(type, "\(hardware)/tty/\(node)/type") }
        try write("", "dev/\(node)")
    }

    /// A port that is part of the machine; type 0 is one that is not fitted.
    func addPort(_ node: String, type: String) throws {
        let hardware = "sys/devices/platform/serial8250"
        try addTerminal(node, at: hardware, driver: "serial8250")
        try write(type, "\(hardware)/tty/\(node)/type")
        try write("", "dev/\(node)")
    }

    /// Takes a device out again, its links included.
    func unplug(_ node: String, from socket: String) throws {
        try files.removeItem(atPath: "\(root)/sys/class/tty/\(node)")
        try files.removeItem(
            atPath: "\(root)/sys/devices/pci0000:00/0000:00:14.0/usb1/1-\(socket)")
        try files.removeItem(atPath: "\(root)/dev/\(node)")
    }

    /// A virtual console: a terminal without hardware.
    func addConsole(_ node: String) throws {
        try makeFolder("sys/devices/virtual/tty/\(node)")
        try link("sys/class/tty/\(node)", to: "\(root)/sys/devices/virtual/tty/\(node)")
        try write("", "dev/\(node)")
    }

    private func addTerminal(_ node: String, at hardware: String, driver: String) throws {
        try makeFolder("\(hardware)/tty/\(node)")
        try makeFolder("sys/drivers/\(driver)")
        try link("sys/class/tty/\(node)", to: "\(root)/\(hardware)/tty/\(node)")
        try link("\(hardware)/tty/\(node)/device", to: "\(root)/\(hardware)")
        if !exists("\(hardware)/driver") {
            try link("\(hardware)/driver", to: "\(root)/sys/drivers/\(driver)")
        }
    }

    func link(_ path: String, to target: String) throws {
        try makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        try? files.removeItem(atPath: "\(root)/\(path)")
        try files.createSymbolicLink(atPath: "\(root)/\(path)", withDestinationPath: target)
    }

    func write(_ text: String, _ path: String) throws {
        try makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: "\(root)/\(path)"))
    }

    /// Gives a file another name, whose bearer so far is gone.
    func rename(_ path: String, to name: String) throws {
        guard unsafe Foundation.rename("\(root)/\(path)", "\(root)/\(name)") == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
    }

    func remove(_ path: String) throws { try files.removeItem(atPath: "\(root)/\(path)") }

    func setMode(_ mode: Int, _ path: String) throws {
        try files.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(root)/\(path)")
    }

    func exists(_ path: String) -> Bool { files.fileExists(atPath: "\(root)/\(path)") }

    private func makeFolder(_ path: String) throws {
        try files.createDirectory(
            atPath: "\(root)/\(path)", withIntermediateDirectories: true)
    }
}

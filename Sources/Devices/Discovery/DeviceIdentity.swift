// What stays when a device is pulled and comes back as another node. A serial number is best: it
// goes along to another socket. Where there is none, or one that a maker gives to all (adapters
// with the factory's "0001"), the socket is all that can tell two of them apart. Both are read
// from what the kernel says, not from udev's data base, so that a device has the same identity
// in a container without udev.

/// Which device it is, whatever its node is called today.
public struct DeviceIdentity: Hashable, Sendable, CustomStringConvertible {
    /// `usb-1546:01a8-3A5F-if00`, `usb-0403:6001-at-0000:00:14.0-usb-0:2:1.0`, `port-ttyS0`.
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public var description: String { text }

    /// A USB device by its serial number; nil where that tells nothing.
    static func byNumber(_ usb: USBNumbers, serial: String?, place: USBPlace) -> DeviceIdentity? {
        guard let serial, !serial.isEmpty, !dull.contains(serial),
            serial.contains(where: { $0 != "0" })
        else { return nil }
        return DeviceIdentity(text: "usb-\(usb)-\(serial)-\(place.function)")
    }

    /// A USB device by the socket that it is in.
    static func byPlace(_ usb: USBNumbers, _ place: USBPlace) -> DeviceIdentity {
        DeviceIdentity(text: "usb-\(usb)-at-\(place)\(place.portSuffix)")
    }

    /// A port that is part of the machine.
    static func port(_ name: String) -> DeviceIdentity { DeviceIdentity(text: "port-\(name)") }

    /// Serial numbers that whole series of adapters share: the factory settings of Silicon Labs'
    /// CP2102 ("0001", its data sheet) and the usual fillings of those who copy one.
    private static let dull: Set<String> = [
        "0001", "0002", "0123456789", "0123456789ABCDEF", "123456", "12345678", "123456789",
        "none", "None", "NULL", "serial", "Serial", "SerialNumber",
    ]
}

/// Where on the machine a USB interface is: controller, sockets on the way, interface.
public struct USBPlace: Hashable, Sendable, CustomStringConvertible {
    /// `0000:00:14.0-usb-0:2:1.0`, which udev puts `pci-` in front of and calls `ID_PATH`.
    public let description: String
    /// The interface's number, as the kernel writes it: `00`.
    public let interface: String
    /// Which of several ports of one interface.
    public let port: Int

    var portSuffix: String { port == 0 ? "" : "-port\(port)" }
    /// The part of the device that it is: `if00`, and the port where there are several.
    var function: String { "if\(interface)\(portSuffix)" }

    /// Reads the place from the path of the interface below `/sys/devices`.
    ///
    /// The number of the bus, which another controller may have after the next start, is no part.
    init?(path: String, interface: String, port: Int) {
        let parts = path.split(separator: "/")
        guard let bus = parts.firstIndex(where: { Self.isBus($0) }), bus > 0,
            let last = parts.last(where: { $0.contains("-") && $0.contains(":") }),
            let dash = last.firstIndex(of: "-")
        else { return nil }
        description = "\(parts[bus - 1])-usb-0:\(last[last.index(after: dash)...])"
        self.interface = interface
        self.port = port
    }

    private static func isBus(_ part: Substring) -> Bool {
        part.hasPrefix("usb") && part.count > 3 && part.dropFirst(3).allSatisfy(\.isNumber)
    }
}

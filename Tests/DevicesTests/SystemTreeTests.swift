// Serial devices as the kernel shows them, on a tree laid out as /sys is: what is read, which
// identity follows from it, and that nothing a device calls itself can do harm.
// The table of USB numbers is tested beside it.
import FairleadDevices
import FairleadEngine
import Testing

@Suite struct SystemTreeTests {
    @Test func anAdapterIsReadFromTheTree() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(), into: "2", as: "ttyUSB0")
        try machine.link("dev/serial/by-id/usb-FTDI-A1", to: "\(machine.root)/dev/ttyUSB0")
        try machine.link("dev/serial/by-path/pci-2", to: "\(machine.root)/dev/ttyUSB0")
        try machine.link("dev/gps0", to: "ttyUSB0")
        let devices = SystemTree(machine.folders).devices()
        let device = try #require(devices.first)
        #expect(devices.count == 1)
        #expect(device.node == machine.root + "/dev/ttyUSB0")
        #expect(device.identity.text == "usb-0403:6001-A1-if00")
        #expect(device.usb == USBNumbers(0x0403, 0x6001))
        #expect(device.vendor == "FTDI")
        #expect(device.product == "FT232R USB UART")
        #expect(device.serialNumber == "A1")
        #expect(device.driver == "ftdi_sio")
        #expect(device.interface == "00")
        #expect(device.place?.description == "0000:00:14.0-usb-0:2:1.0")
        #expect(device.kind.description == "FTDI FT232R (bridge)")
        #expect(device.linkByID == machine.root + "/dev/serial/by-id/usb-FTDI-A1")
        #expect(device.linkByPath == machine.root + "/dev/serial/by-path/pci-2")
        #expect(device.isCalled(machine.root + "/dev/gps0"))
    }

    @Test func aReceiverOfTheModemClassIsOne() throws {
        let machine = try FakeMachine()
        let receiver = FakeAdapter(
            vendor: "1546", product: "01a8", maker: "u-blox AG", name: "u-blox GNSS receiver",
            serial: nil, driver: "cdc_acm", isModemClass: true)
        try machine.plug(receiver, into: "3.1", as: "ttyACM0")
        let device = try #require(SystemTree(machine.folders).devices().first)
        #expect(device.kind.role == .receiver)
        #expect(device.driver == "cdc_acm")
        #expect(device.identity.text == "usb-1546:01a8-at-0000:00:14.0-usb-0:3.1:1.0")
    }

    @Test func identityStaysWhenANodeChanges() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(), into: "2", as: "ttyUSB0")
        let before = try #require(SystemTree(machine.folders).devices().first)
        try machine.unplug("ttyUSB0", from: "2")
        try machine.plug(FakeAdapter(), into: "4", as: "ttyUSB1")
        let after = try #require(SystemTree(machine.folders).devices().first)
        #expect(after.identity == before.identity)
        #expect(after.node != before.node)
    }

    @Test(arguments: [nil, "", "0", "0000", "0001", "12345678"])
    func identicalAdaptersWithoutUsefulNumbersAreToldApartByPlace(serial: String?) throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(serial: serial), into: "1", as: "ttyUSB0")
        try machine.plug(FakeAdapter(serial: serial), into: "2", as: "ttyUSB1")
        let before = SystemTree(machine.folders).devices()
        #expect(
            before.map(\.identity.text) == [
                "usb-0403:6001-at-0000:00:14.0-usb-0:1:1.0",
                "usb-0403:6001-at-0000:00:14.0-usb-0:2:1.0",
            ])
        // Found in the other order after the next start: the same two devices.
        try machine.unplug("ttyUSB0", from: "1")
        try machine.unplug("ttyUSB1", from: "2")
        try machine.plug(FakeAdapter(serial: serial), into: "2", as: "ttyUSB0")
        try machine.plug(FakeAdapter(serial: serial), into: "1", as: "ttyUSB1")
        let after = SystemTree(machine.folders).devices()
        #expect(after.map(\.identity) == before.map(\.identity).reversed())
    }

    @Test func twoThatClaimTheSameNumberAreToldApartByPlace() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(serial: "COPY7"), into: "1", as: "ttyUSB0")
        try machine.plug(FakeAdapter(serial: "COPY7"), into: "2", as: "ttyUSB1")
        let devices = SystemTree(machine.folders).devices()
        #expect(Set(devices.map(\.identity)).count == 2)
        #expect(devices.allSatisfy { $0.identity.text.contains("-at-") })
    }

    @Test func consolesAndPortsThatAreNotFittedAreNoDevices() throws {
        let machine = try FakeMachine()
        try machine.addConsole("tty1")
        try machine.addPort("ttyS0", type: "4")
        try machine.addPort("ttyS1", type: "0")
        let devices = SystemTree(machine.folders).devices()
        #expect(devices.map(\.identity.text) == ["port-ttyS0"])
        #expect(devices.first?.usb == nil)
        #expect(devices.first?.driver == "serial8250")
    }

    @Test func whatADeviceCallsItselfIsFitForATerminal() throws {
        let machine = try FakeMachine()
        try machine.plug(
            FakeAdapter(
                maker: "\u{1B}]0;owned\u{7}", name: String(repeating: "x", count: 500),
                serial: " A\u{202E}B "), into: "1", as: "ttyUSB0")
        let device = try #require(SystemTree(machine.folders).devices().first)
        #expect(device.vendor == "?]0;owned?")
        #expect(device.product?.count == 128)
        #expect(device.serialNumber == "A?B")
    }

    @Test func nodesAreInTheOrderOfTheirNumbers() throws {
        let machine = try FakeMachine()
        for number in [10, 2, 1] {
            try machine.plug(
                FakeAdapter(serial: "S\(number)"), into: "\(number)", as: "ttyUSB\(number)")
        }
        let names = SystemTree(machine.folders).devices().map {
            $0.node.split(separator: "/").last.map(String.init)
        }
        #expect(names == ["ttyUSB1", "ttyUSB2", "ttyUSB10"])
    }

    @Test func anEmptyMachineHasNoDevices() {
        let folders = DeviceFolders(system: "/nonexistent/sys", devices: "/nonexistent/dev")
        #expect(SystemTree(folders).devices().isEmpty)
    }

    @Test func thisMachineIsReadWithoutTrouble() {
        // Whatever it has: nodes exist, and identities are different.
        let devices = SystemTree().devices()
        #expect(Set(devices.map(\.identity)).count == devices.count)
        #expect(devices.allSatisfy { PosixKernel().status(of: $0.node) != nil })
    }

    @Test func whoMayOpenADeviceIsSaid() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
        let kernel = StrangerKernel()
        let tree = SystemTree(machine.folders, kernel: kernel)
        let node = machine.root + "/dev/ttyUSB0"
        let group = try #require(kernel.groupName(of: node))
        try machine.setMode(0o660, "dev/ttyUSB0")
        #expect(tree.access(to: node) == .needsGroup(group))
        #expect(tree.access(to: node).description.contains("join the group \(group)"))
        try machine.setMode(0o600, "dev/ttyUSB0")
        #expect(tree.access(to: node) == .refused)
        #expect(tree.access(to: node + "9") == .absent)
        #expect(SystemTree(machine.folders).access(to: node) == .allowed)
    }
}

@Suite struct USBTableTests {
    @Test func everyRowHasASourceAndOneMeaning() {
        let numbers = USBTable.rows.map { "\($0.vendor):\($0.product ?? 0)" }
        #expect(Set(numbers).count == numbers.count)
        #expect(USBTable.rows.allSatisfy { !$0.source.isEmpty && !$0.kind.name.isEmpty })
    }

    @Test(arguments: [
        (USBNumbers(0x1546, 0x01A7), "u-blox 7 (receiver)"),
        (USBNumbers(0x067B, 0x2303), "Prolific PL2303 (bridge)"),
        (USBNumbers(0x10C4, 0xEA60), "Silicon Labs CP2102 (bridge)"),
        (USBNumbers(0x1A86, 0x7523), "WCH CH340 (bridge)"),
        (USBNumbers(0x091E, 0x0003), "Garmin GPS (receiver)"),
        (USBNumbers(0x0E8D, 0x3329), "MediaTek GPS (receiver)"),
        (USBNumbers(0x2C7C, 0xFFFF), "Quectel (modem)"),
    ])
    func knownNumbersAreNamed(numbers: USBNumbers, name: String) {
        #expect(USBTable.row(for: numbers)?.kind.description == name)
    }

    @Test func unknownNumbersAreNotGuessed() {
        #expect(USBTable.row(for: USBNumbers(0xDEAD, 0xBEEF)) == nil)
        #expect(USBNumbers(0xF, 0x1).description == "000f:0001")
    }
}

import FairleadDevices
import FairleadEngine
import Foundation
import Testing

@Suite struct SpeedMemoryTests {
    private let marine = SerialSettings(baud: 4800, dataBits: 7, parity: .even, stopBits: 2)
    private let plotter = DeviceIdentity(text: "usb-067b:2303-at-0000:00:14.0-usb-0:2:1.0")

    private func withFile(_ body: (String) throws -> Void) throws {
        let file = "/tmp/fairlead-speeds-" + UUID().uuidString.prefix(13)
        defer { try? FileManager.default.removeItem(atPath: file) }
        try body(file)
    }

    @Test func whatIsRememberedIsThereAfterARestart() throws {
        try withFile { file in
            let spaced = DeviceIdentity(text: "usb-0403:6001-serial with blanks-if00")
            let memory = SpeedMemory(file: file)
            try memory.remember(marine, for: plotter)
            try memory.remember(SerialSettings(baud: 9600), for: spaced)
            try memory.remember(SerialSettings(baud: 38400), for: spaced)
            let later = SpeedMemory(file: file)
            #expect(later.settings(for: plotter) == marine)
            #expect(later.settings(for: spaced) == SerialSettings(baud: 38400))
            #expect(later.settings(for: DeviceIdentity(text: "another")) == nil)
        }
    }

    @Test(arguments: [
        "", "\n\n", "nonsense", "4800 8 none", "-1 8 none 1 usb", "4800 99 none 1 usb",
        "4800 8 sideways 1 usb", "99999999999999999999 8 none 1 usb", "\u{0}\u{FFFD}",
    ])
    func aDamagedFileIsPassedOver(text: String) throws {
        try withFile { file in
            try Data((text + "\n4800 7 even 2 \(plotter)\n").utf8)
                .write(to: URL(fileURLWithPath: file))
            #expect(SpeedMemory(file: file).settings(for: plotter) == marine)
            #expect(SpeedMemory(file: file).settings(for: DeviceIdentity(text: "usb")) == nil)
        }
    }

    @Test func aFileThatCannotBeWrittenIsAnErrorAndStillRemembered() throws {
        let memory = SpeedMemory(file: "/nonexistent/folder/speeds")
        let error = #expect(throws: SystemError.self) { try memory.remember(marine, for: plotter) }
        #expect(error?.call == "write /nonexistent/folder/speeds")
        #expect(memory.settings(for: plotter) == marine)
    }

    @Test func theOldestIsForgottenFirst() throws {
        let memory = SpeedMemory()
        for number in 0..<100 {
            try memory.remember(marine, for: DeviceIdentity(text: "device \(number)"))
        }
        #expect(memory.settings(for: DeviceIdentity(text: "device 0")) == nil)
        #expect(memory.settings(for: DeviceIdentity(text: "device 99")) == marine)
    }
}

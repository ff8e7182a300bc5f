// USB numbers of receivers and of the chips that receivers sit behind. Each row names where it
// comes from: "usb.ids" is the list at linux-usb.org as in udev 252's hwdb, "gpsd" the rules
// file of gpsd (gpsd.rules.in), "linux" the id table of the kernel driver that is named. A row
// without a source does not belong here.

/// The table of USB numbers.
public enum USBTable {
    /// One product, or all of one maker.
    public struct Row: Sendable {
        public let vendor: UInt16
        /// Nil: every product of this vendor that has no row of its own.
        public let product: UInt16?
        public let kind: ProbableKind
        /// Where this is known from.
        public let source: String

        fileprivate init(
            _ vendor: UInt16, _ product: UInt16?, _ role: ProbableKind.Role, _ name: String,
            _ source: String
        ) {
            self.vendor = vendor
            self.product = product
            kind = ProbableKind(role: role, name: name)
            self.source = source
        }
    }

    /// What the numbers stand for; nil when the table does not know.
    public static func row(for numbers: USBNumbers) -> Row? {
        let rows = rows.filter { $0.vendor == numbers.vendor }
        return rows.first { $0.product == numbers.product } ?? rows.first { $0.product == nil }
    }

    /// All rows.
    public static let rows: [Row] = receivers + bridges + modems

    private static let receivers = [
        Row(0x1546, 0x01A4, .receiver, "u-blox ANTARIS 4", "usb.ids"),
        Row(0x1546, 0x01A5, .receiver, "u-blox 5", "usb.ids, gpsd"),
        Row(0x1546, 0x01A6, .receiver, "u-blox 6", "usb.ids, gpsd"),
        Row(0x1546, 0x01A7, .receiver, "u-blox 7", "usb.ids, gpsd"),
        Row(0x1546, 0x01A8, .receiver, "u-blox 8", "usb.ids, gpsd"),
        Row(0x1546, 0x01A9, .receiver, "u-blox 9", "gpsd"),
        Row(0x091E, 0x0003, .receiver, "Garmin GPS", "usb.ids, gpsd, linux garmin_gps"),
        Row(0x0E8D, 0x3329, .receiver, "MediaTek GPS", "usb.ids, gpsd"),
        Row(0x067B, 0xAAA0, .receiver, "Pharos GPS (SiRF, Prolific)", "usb.ids, gpsd"),
        Row(0x1163, 0x0100, .receiver, "DeLorme Earthmate (SiRF)", "usb.ids, gpsd"),
        Row(0x1163, 0x0200, .receiver, "DeLorme Earthmate LT-20, LT-40 (SiRF)", "usb.ids, gpsd"),
        Row(0x09D7, 0x0100, .receiver, "NovAtel GNSS", "usb.ids"),
        Row(0x0DF7, 0x0900, .receiver, "Mobile Action i-gotU", "usb.ids"),
        Row(0x1D50, 0x60C7, .receiver, "Zubax GNSS", "usb.ids"),
        Row(0x0541, nil, .receiver, "SiRF", "usb.ids"),
    ]

    private static let bridges = [
        Row(0x067B, 0x2303, .bridge, "Prolific PL2303", "usb.ids, gpsd, linux pl2303"),
        Row(0x067B, 0x23A3, .bridge, "Prolific PL2303GC", "linux pl2303"),
        Row(0x067B, 0x23B3, .bridge, "Prolific PL2303GB", "linux pl2303"),
        Row(0x067B, 0x23C3, .bridge, "Prolific PL2303GT", "linux pl2303"),
        Row(0x067B, 0x23D3, .bridge, "Prolific PL2303GL", "linux pl2303"),
        Row(0x067B, 0x23E3, .bridge, "Prolific PL2303GE", "linux pl2303"),
        Row(0x067B, 0x23F3, .bridge, "Prolific PL2303GS", "linux pl2303"),
        Row(0x0557, 0x2008, .bridge, "ATEN UC-232A (PL2303)", "usb.ids, gpsd, linux pl2303"),
        Row(0x0403, 0x6001, .bridge, "FTDI FT232R", "usb.ids, gpsd, linux ftdi_sio"),
        Row(0x0403, 0x6010, .bridge, "FTDI FT2232", "usb.ids, linux ftdi_sio"),
        Row(0x0403, 0x6011, .bridge, "FTDI FT4232H", "usb.ids, linux ftdi_sio"),
        Row(0x0403, 0x6014, .bridge, "FTDI FT232H", "usb.ids, linux ftdi_sio"),
        Row(0x0403, 0x6015, .bridge, "FTDI FT-X", "usb.ids, linux ftdi_sio"),
        Row(0x10C4, 0xEA60, .bridge, "Silicon Labs CP2102", "usb.ids, gpsd, linux cp210x"),
        Row(0x10C4, 0xEA61, .bridge, "Silicon Labs CP210x", "usb.ids, linux cp210x"),
        Row(0x10C4, 0xEA63, .bridge, "Silicon Labs CP210x", "usb.ids, linux cp210x"),
        Row(0x10C4, 0xEA70, .bridge, "Silicon Labs CP2105", "usb.ids, linux cp210x"),
        Row(0x10C4, 0xEA71, .bridge, "Silicon Labs CP2108", "usb.ids, gpsd, linux cp210x"),
        Row(0x1A86, 0x5523, .bridge, "WCH CH341", "usb.ids, linux ch341"),
        Row(0x1A86, 0x7522, .bridge, "WCH CH340K", "usb.ids, linux ch341"),
        Row(0x1A86, 0x7523, .bridge, "WCH CH340", "usb.ids, linux ch341"),
    ]

    private static let modems = [
        Row(0x2C7C, 0x0121, .modem, "Quectel EC21", "usb.ids, linux option"),
        Row(0x2C7C, 0x0125, .modem, "Quectel EC25", "usb.ids, linux option"),
        Row(0x2C7C, 0x0296, .modem, "Quectel BG96", "usb.ids, linux option"),
        Row(0x2C7C, nil, .modem, "Quectel", "usb.ids"),
        Row(0x1546, 0x1102, .modem, "u-blox LISA-U2", "usb.ids"),
    ]
}

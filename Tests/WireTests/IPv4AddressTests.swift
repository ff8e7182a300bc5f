import FairleadWire
import Testing

@Suite struct IPv4AddressTests {
    @Test(
        arguments: [
            ("0.0.0.0", 0), ("127.0.0.1", 0x7F00_0001), ("255.255.255.255", 0xFFFF_FFFF),
            ("1.2.3.4", 0x0102_0304), ("10.20.30.240", 0x0A14_1EF0),
        ] as [(String, UInt32)])
    func readsAndPrintsDottedDecimals(text: String, value: UInt32) throws {
        let address = try #require(IPv4Address(text))
        #expect(address.value == value)
        #expect(address.description == text)
        #expect(IPv4Address(bytes: address.bytes) == address)
        #expect(address == IPv4Address(value: value))
    }

    @Test(arguments: [
        "", ".", "...", "1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "1.2.3.4.5",
        "256.1.1.1", "1.1.1.256", "1.1.1.1000", "1.1.1.4294967296", "01.1.1.1", "1.1.1.00",
        "+1.1.1.1", "-1.1.1.1", " 1.1.1.1", "1.1.1.1 ", "1.1.1.1\n", "1.1.1.1\0", "0x1.1.1.1",
        "1.1.1.a", "1,1,1,1", "::1.2.3.4", "\u{0661}.1.1.1", "1.1.1.1\u{301}",
        "255.255.255.2550", "255.255.255.255.255",
    ])
    func refusesEverythingElse(text: String) {
        #expect(IPv4Address(text) == nil)
    }

    @Test func isMadeFromFourBytesOnly() {
        #expect(IPv4Address(bytes: [1, 2, 3, 4])?.description == "1.2.3.4")
        #expect(IPv4Address(bytes: [1, 2, 3]) == nil)
        #expect(IPv4Address(bytes: [1, 2, 3, 4, 5]) == nil)
        #expect(IPv4Address.loopback.bytes == [127, 0, 0, 1])
        #expect(IPv4Address.any.description == "0.0.0.0")
        #expect(IPv4Address.broadcast.description == "255.255.255.255")
    }

    @Test func knowsMulticast() {
        let groups = ["223.255.255.255", "224.0.0.0", "239.255.255.255", "240.0.0.0"]
        #expect(groups.map { IPv4Address($0)?.isMulticast } == [false, true, true, false])
    }
}

import FairleadWire
import Testing

@Suite struct IPv6AddressTests {
    /// Texts of RFC 4291, section 2.2 and RFC 5952, and their canonical form.
    static let canonical = [
        ("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"),
        ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
        ("FF01:0:0:0:0:0:0:101", "ff01::101"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("0:0:0:0:0:0:0:0", "::"),
        ("2001:DB8::8:800:200C:417A", "2001:db8::8:800:200c:417a"),
        ("0:0:0:0:0:FFFF:129.144.52.38", "::ffff:129.144.52.38"),
        ("::FFFF:129.144.52.38", "::ffff:129.144.52.38"),
        ("::ffff:0:0", "::ffff:0.0.0.0"),
        // RFC 5952, section 4: no leading zeros, the longest run, the first of equals, no single.
        ("2001:0db8::0001", "2001:db8::1"),
        ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
        ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("1::", "1::"), ("0:0:1:0:0:0:0:0", "0:0:1::"), ("0:0:0:1:0:0:0:0", "0:0:0:1::"),
        ("::1.2.3.4", "::102:304"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ]

    @Test(arguments: canonical)
    func readsEveryFormAndPrintsTheCanonicalOne(text: String, expected: String) throws {
        let address = try #require(IPv6Address(text))
        #expect(address.description == expected)
        #expect(IPv6Address(expected) == address)
        #expect(IPv6Address(bytes: address.bytes) == address)
        #expect(IPv6Address(value: address.value) == address)
    }

    @Test(arguments: [
        "", ":", ":::", "::::", "1", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1:::2",
        ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:", ":1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9",
        "1::2::3", "1:2:3:4::5:6:7:8", "::1:2:3:4:5:6:7:8", "12345::", "g::", "::-1", "+1::",
        "::1.2.3", "::1.2.3.4.5", "::1.2.3.256", "::01.2.3.4", "1.2.3.4::", "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4", "1.2.3.4", "::1%lo", "[::1]", "::1 ", " ::1", "::1\0", "::1/64",
        "::\u{0661}", "::1\u{301}", "0x1::", "fffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
        "0000:0000:0000:0000:0000:ffff:255.255.255.2555",
    ])
    func refusesEverythingElse(text: String) {
        #expect(IPv6Address(text) == nil)
    }

    @Test func isMadeFromSixteenBytesOnly() {
        let bytes = [UInt8](1...16)
        let address = IPv6Address(bytes: bytes)
        #expect(address?.bytes == bytes)
        #expect(address?.value == 0x0102_0304_0506_0708_090A_0B0C_0D0E_0F10)
        #expect(IPv6Address(bytes: Array(bytes.dropLast())) == nil)
        #expect(IPv6Address(bytes: bytes + [17]) == nil)
        #expect(IPv6Address.any.description == "::")
        #expect(IPv6Address.loopback.description == "::1")
    }

    @Test func knowsMulticast() {
        #expect(
            ["fe80::1", "ff00::", "ff02::1"].map { IPv6Address($0)?.isMulticast }
                == [false, true, true])
    }
}

// The addresses against the C library's inet_pton and inet_ntop, which have been read by everyone
// for thirty years. Random texts come from the characters of addresses and from addresses with a
// few slips, so that about a third of them is valid; random addresses have many zero groups.
import FairleadWire
import Glibc
import Testing

@Suite struct IPAddressOracleTests {
    static let count = 200_000

    /// The address bytes that the C library reads in a text.
    static func parsedByC(_ text: String, _ family: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: family == AF_INET ? 4 : 16)
        let result = unsafe inet_pton(family, text, &bytes)
        return result == 1 ? bytes : nil
    }

    static func printedByC(_ bytes: [UInt8], _ family: Int32) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = unsafe inet_ntop(family, bytes, &text, socklen_t(text.count))
        let printed = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: printed, as: UTF8.self)
    }

    static func randomAddress(_ count: Int, _ random: inout SeededRandom) -> [UInt8] {
        let zeros = random.next()
        return (0..<count).map { index in
            // Groups of two bytes, half of them zero; few bits in a quarter of the others.
            if count == 16, zeros >> (index / 2) & 1 == 0 { return 0 }
            let byte = UInt8(truncatingIfNeeded: random.next())
            return zeros >> 40 & 3 == 0 ? byte & 3 : byte
        }
    }

    static func slip(_ text: String, _ alphabet: [UInt8], _ random: inout SeededRandom) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let new = random.some(of: alphabet, upTo: 2)
            let end = min(bytes.count, place + Int.random(in: 0...2, using: &random))
            bytes.replaceSubrange(place..<end, with: new)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func readsExactlyTheIPv4TextsThatTheCLibraryReads() {
        var random = SeededRandom(41)
        var disagreement: String?
        var valid = 0
        for round in 0..<Self.count where disagreement == nil {
            let text =
                round % 2 == 0
                ? (0..<4).map { _ in String(Int.random(in: 0...300, using: &random)) }
                    .joined(separator: ".")
                : Self.slip("10.0.200.31", Array("0129.x ".utf8), &random)
            let expected = Self.parsedByC(text, AF_INET)
            if expected != nil { valid += 1 }
            if IPv4Address(text)?.bytes != expected { disagreement = text.debugDescription }
        }
        #expect(disagreement == nil)
        #expect(valid > Self.count / 5)
    }

    @Test func readsExactlyTheIPv6TextsThatTheCLibraryReads() {
        var random = SeededRandom(42)
        var disagreement: String?
        var valid = 0
        let alphabet = Array("0:1:f:Fa::.".utf8)
        for round in 0..<Self.count where disagreement == nil {
            let text: String
            if round % 3 == 0 {
                text = String(decoding: random.some(of: alphabet, upTo: 24), as: UTF8.self)
            } else {
                let printed = Self.printedByC(Self.randomAddress(16, &random), AF_INET6)
                text = Self.slip(printed, alphabet, &random)
            }
            let expected = Self.parsedByC(text, AF_INET6)
            if expected != nil { valid += 1 }
            if IPv6Address(text)?.bytes != expected { disagreement = text.debugDescription }
        }
        #expect(disagreement == nil)
        #expect(valid > Self.count / 5)
    }

    @Test func printsAddressesAsTheCLibraryDoes() {
        var random = SeededRandom(43)
        var disagreement: String?
        for _ in 0..<Self.count where disagreement == nil {
            let four = Self.randomAddress(4, &random)
            let sixteen = Self.randomAddress(16, &random)
            let shown = [
                IPv4Address(bytes: four)?.description, IPv6Address(bytes: sixteen)?.description,
            ]
            var expected = [Self.printedByC(four, AF_INET), Self.printedByC(sixteen, AF_INET6)]
            // The C library prints the deprecated ::a.b.c.d dotted; RFC 5952 does not ask for it.
            if !expected[1].hasPrefix("::ffff:"), expected[1].contains(".") {
                expected[1] = shown[1]?.contains(".") == false ? shown[1] ?? "" : "hexadecimal"
            }
            if shown != expected { disagreement = "\(shown), not \(expected)" }
        }
        #expect(disagreement == nil)
    }
}

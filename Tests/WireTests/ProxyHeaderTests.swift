// PROXY protocol headers of both versions: their words and bytes, at every cut, truncated at every
// byte, with every byte changed; what is refused and why; records and the checksum, which is
// compared with published values.
import FairleadWire
import Testing

private let ipv4 = IPv4Address("192.0.2.1")
private let other4 = IPv4Address("198.51.100.7")
private let ipv6 = IPv6Address("2001:db8::1")
private let other6 = IPv6Address("2001:db8::2")

/// The result of a whole feed: a header and the bytes used, or a fault, or nil for "more".
private enum Result: Equatable {
    case header(ProxyHeader, Int)
    case fault(ProxyFault)
    case more
}

private func feed(_ chunks: [[UInt8]], maximum: Int = 4096) -> Result {
    var parser = ProxyHeaderParser(maximum: maximum)
    var before = 0
    for chunk in chunks {
        do throws(ProxyFault) {
            if case .complete(let header, let used) = try parser.feed(chunk.span) {
                return .header(header, before + used)
            }
        } catch {
            return .fault(error)
        }
        before += chunk.count
    }
    return .more
}

private func feed(_ text: String) -> Result { feed([Array(text.utf8)]) }

/// A binary header with these parts, right or wrong.
private func binary(_ command: UInt8, _ family: UInt8, _ block: [UInt8], length: Int? = nil)
    -> [UInt8]
{
    let size = length ?? block.count
    return [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10, command, family]
        + [UInt8(size >> 8), UInt8(size & 255)] + block
}

private let tcp4Block: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 7, 0xDC, 0x04, 0x01, 0xBB]

@Suite struct ProxyHeaderTests {
    /// Good headers of every shape, each with its bytes.
    static func headers() throws -> [(ProxyHeader, [UInt8])] {
        let four = try #require(ipv4.map { ProxyHeader.Address.ipv4($0, port: 56324) })
        let four2 = try #require(other4.map { ProxyHeader.Address.ipv4($0, port: 443) })
        let six = try #require(ipv6.map { ProxyHeader.Address.ipv6($0, port: 1) })
        let six2 = try #require(other6.map { ProxyHeader.Address.ipv6($0, port: 65535) })
        let tls = ProxyRecord(
            ProxyRecord.tls,
            [5, 0, 0, 0, 0] + [0x21, 0, 7] + Array("TLSv1.3".utf8) + [0x22, 0, 2] + Array("me".utf8)
        )
        let records = [
            ProxyRecord(ProxyRecord.alpn, "h2"), ProxyRecord(ProxyRecord.authority, "example.org"),
            ProxyRecord(ProxyRecord.uniqueID, [1, 2, 3]), tls,
            ProxyRecord(ProxyRecord.networkNamespace, "blue"), ProxyRecord(0xE0, [9]),
        ]
        let headers = [
            ProxyHeader(.text, source: four, destination: four2),
            ProxyHeader(.text, source: six, destination: six2),
            ProxyHeader(.text),
            ProxyHeader(.binary, source: four, destination: four2),
            ProxyHeader(.binary, source: four, destination: four2, carriage: .datagram),
            ProxyHeader(.binary, source: six, destination: six2, records: records),
            ProxyHeader(
                .binary, source: .unix(Array("/run/a".utf8)), destination: .unix([0, 97, 98])),
            ProxyHeader(.binary),
            ProxyHeader(.binary, records: [ProxyRecord(ProxyRecord.padding, [0, 0])]),
            ProxyHeader(.binary, .local),
        ]
        return try headers.map { ($0, try $0.encoded()) }
    }

    @Test func theWordsAndBytesAreThoseOfTheSpecification() throws {
        let all = try Self.headers()
        #expect(all[0].1 == Array("PROXY TCP4 192.0.2.1 198.51.100.7 56324 443\r\n".utf8))
        #expect(all[1].1 == Array("PROXY TCP6 2001:db8::1 2001:db8::2 1 65535\r\n".utf8))
        #expect(all[2].1 == Array("PROXY UNKNOWN\r\n".utf8))
        #expect(all[3].1 == binary(0x21, 0x11, tcp4Block))
        #expect(all[9].1 == binary(0x20, 0, []))
    }

    @Test func aHeaderIsReadAtAnyCutAndNothingAfterIt() throws {
        for (header, bytes) in try Self.headers() {
            let tail = Array("GET /".utf8)
            for cut in 0...bytes.count {
                let found = feed([Array(bytes[..<cut]), Array(bytes[cut...]) + tail])
                #expect(found == .header(header, bytes.count))
            }
            let single = feed((bytes + tail).map { [$0] })
            #expect(single == .header(header, bytes.count))
        }
    }

    @Test func aTruncatedHeaderWaitsForMore() throws {
        for (_, bytes) in try Self.headers() {
            for cut in 0..<bytes.count { #expect(feed([Array(bytes[..<cut])]) == .more) }
        }
    }

    @Test func anyChangedByteGivesAHeaderAFaultOrAWait() throws {
        for (_, bytes) in try Self.headers() {
            for place in bytes.indices {
                for value in [0, 1, 0x20, 0x7F, 0xFF, bytes[place] ^ 1, bytes[place] ^ 0x80] {
                    var changed = bytes
                    changed[place] = value
                    if case .header(_, let used) = feed([changed]) { #expect(used <= bytes.count) }
                    if place < 5, value != bytes[place] {
                        #expect(feed([changed]) == .fault(.badSignature))
                    }
                }
            }
        }
    }

    @Test func recordsAreRead() throws {
        let header = try Self.headers()[5].0
        #expect(header.alpn == Array("h2".utf8))
        #expect(header.authority == "example.org")
        #expect(header.uniqueID == [1, 2, 3])
        #expect(header.networkNamespace == "blue")
        let tls = try #require(header.tls)
        #expect(tls.isUsed && !tls.hasCertificate && tls.hasSessionCertificate && tls.isVerified)
        #expect(tls.version == "TLSv1.3" && tls.commonName == "me" && tls.cipher == nil)
    }

    @Test func aChecksumIsMadeAndVerified() throws {
        var header = try Self.headers()[5].0
        header.records.insert(ProxyRecord(ProxyRecord.checksum, []), at: 2)
        let bytes = try header.encoded()
        guard case .header(let read, _) = feed([bytes]) else {
            Issue.record("a good checksum is refused")
            return
        }
        #expect(read.authority == "example.org")
        // Its own type apart: without it there is no checksum.
        let type = 16 + 36 + 5 + 14
        for place in 16..<bytes.count where place != type {
            var changed = bytes
            changed[place] ^= 0x10
            if case .header = feed([changed]) { Issue.record("byte \(place) changed unnoticed") }
        }
    }

    @Test func theChecksumIsCRC32C() {
        #expect(CRC32C.checksum(of: Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum(of: []) == 0)
    }

    @Test(arguments: [
        ("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n", ProxyFault.badLine),
        ("PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n", .badLine),
        ("PROXY TCP4 192.0.2.1  192.0.2.2 1 2\r\n", .badLine),
        ("PROXY TCP4 192.0.2.1 192.0.2.2 1 2 \r\n", .badLine),
        ("PROXY TCP4 192.0.2.1 192.0.2.2 01 2\r\n", .badPort),
        ("PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n", .badPort),
        ("PROXY TCP4 192.0.2.1 192.0.2.2 -1 2\r\n", .badPort),
        ("PROXY TCP4 192.0.2.01 192.0.2.2 1 2\r\n", .badAddress),
        ("PROXY TCP4 ::1 ::2 1 2\r\n", .badAddress),
        ("PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n", .badAddress),
        ("PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n", .wrongFamily),
        ("PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n", .wrongFamily),
        ("PROXY \r\n", .wrongFamily), ("PROXY\r\n", .badSignature),
        ("GET / HTTP/1.1", .badSignature),
        ("\u{0D}\u{0A}\u{0D}\u{0A}\u{0}\u{0D}\u{0A}QUIZ", .badSignature),
    ])
    func aBadTextHeaderIsRefused(_ text: String, _ fault: ProxyFault) {
        #expect(feed(text) == .fault(fault))
    }

    @Test func aTextHeaderHasAtMost107Bytes() {
        let longest = "PROXY UNKNOWN " + String(repeating: "f", count: 107 - 16) + "\r\n"
        #expect(longest.utf8.count == 107)
        #expect(feed(longest) == .header(ProxyHeader(.text), 107))
        #expect(
            feed("PROXY UNKNOWN " + String(repeating: "f", count: 107 - 15) + "\r\n")
                == .fault(.tooLong))
        #expect(feed("PROXY " + String(repeating: " ", count: 300)) == .fault(.tooLong))
    }

    @Test func aBadBinaryHeaderIsRefused() {
        let rows: [([UInt8], ProxyFault)] = [
            (binary(0x11, 0x11, tcp4Block), .badVersion),
            (binary(0x22, 0x11, tcp4Block), .badCommand),
            (binary(0x21, 0x41, tcp4Block), .wrongFamily), (binary(0x21, 0x10, []), .wrongFamily),
            (binary(0x21, 0x01, []), .wrongFamily), (binary(0x21, 0x13, tcp4Block), .wrongFamily),
            (binary(0x21, 0x11, Array(tcp4Block.dropLast())), .tooShort),
            (binary(0x21, 0x21, tcp4Block), .tooShort), (binary(0x21, 0x31, tcp4Block), .tooShort),
            (binary(0x21, 0x11, [], length: 4081), .tooLong),
            (binary(0x21, 0x11, [], length: 65535), .tooLong),
            (binary(0x21, 0x11, tcp4Block + [1]), .badRecord),
            (binary(0x21, 0x11, tcp4Block + [1, 0, 2, 0]), .badRecord),
            (binary(0x21, 0x11, tcp4Block + [3, 0, 3, 0, 0, 0]), .badRecord),
            (binary(0x21, 0x11, tcp4Block + [3, 0, 4, 0, 0, 0, 0]), .badChecksum),
            (
                binary(0x21, 0x11, tcp4Block + [5, 0, 129] + [UInt8](repeating: 0, count: 129)),
                .badRecord
            ),
            (binary(0x21, 0x11, tcp4Block + [0x20, 0, 4, 0, 0, 0, 0]), .badRecord),
            (binary(0x21, 0x11, tcp4Block + [0x20, 0, 7, 0, 0, 0, 0, 0, 1, 1]), .badRecord),
        ]
        for (bytes, fault) in rows { #expect(feed([bytes]) == .fault(fault)) }
    }

    @Test func aLocalHeaderIsSkippedWhateverItHolds() {
        let bytes = binary(0x20, 0x11, [1, 2, 3])
        #expect(feed([bytes]) == .header(ProxyHeader(.binary, .local), bytes.count))
    }

    @Test func whatDoesNotFitAHeaderIsOurFault() throws {
        let four = try #require(ipv4.map { ProxyHeader.Address.ipv4($0, port: 1) })
        let six = try #require(ipv6.map { ProxyHeader.Address.ipv6($0, port: 1) })
        let big = ProxyRecord(0xE0, [UInt8](repeating: 0, count: 65536))
        let wrong = [
            ProxyHeader(.binary, source: four, destination: six),
            ProxyHeader(.binary, source: four, destination: four, records: [big]),
            ProxyHeader(
                .binary, source: .unix([UInt8](repeating: 97, count: 109)), destination: .unix([])),
        ]
        for header in wrong {
            let error = #expect(throws: ProtocolError.self) { try header.encoded() }
            #expect(error?.side == .local)
        }
    }

    @Test func randomBytesAfterASignatureNeverTrap() {
        var random = SeededRandom(3)
        let start = binary(0x21, 0x11, []).prefix(13)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...80, using: &random)
            let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let size = UInt8(clamping: max(0, count - 3))
            let families: [UInt8] = [0, 0x11, 0x21, 0x31]
            let family: UInt8 = families.randomElement(using: &random) ?? 0
            let middle: [UInt8] = [family, 0, size]
            let bytes: [UInt8] = Array(start) + middle + noise
            if case .header(_, let used) = feed([bytes]) { #expect(used == 16 + Int(size)) }
        }
    }
}

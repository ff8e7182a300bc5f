// The text form, version 1 (section 2.1): `PROXY TCP4 192.0.2.1 192.0.2.2 56324 443` CR LF.
// Strict: one space between fields, plain decimal ports, addresses of the family that is named.

extension ProxyHeader {
    /// Reads a whole text header, with its CR LF.
    init(line: [UInt8]) throws(ProxyFault) {
        guard line.suffix(2).elementsEqual([13, 10]) else { throw .badLine }
        let parts = line.dropLast(2).split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].elementsEqual("PROXY".utf8) else { throw .badLine }
        switch String(decoding: parts[1], as: UTF8.self) {
        case "UNKNOWN":
            // Whatever follows says nothing: the connection's own addresses count.
            self.init(.text)
        case "TCP4":
            let ends = try Self.ends(parts) { text, port in
                IPv4Address(text).map { .ipv4($0, port: port) }
            }
            self.init(.text, source: ends.0, destination: ends.1)
        case "TCP6":
            let ends = try Self.ends(parts) { text, port in
                IPv6Address(text).map { .ipv6($0, port: port) }
            }
            self.init(.text, source: ends.0, destination: ends.1)
        default: throw .wrongFamily
        }
    }

    private static func ends(
        _ parts: [ArraySlice<UInt8>], _ address: (String, UInt16) -> Address?
    ) throws(ProxyFault) -> (Address, Address) {
        guard parts.count == 6 else { throw .badLine }
        guard let sourcePort = decimalNumber(parts[4], atMost: 65535),
            let destinationPort = decimalNumber(parts[5], atMost: 65535)
        else { throw .badPort }
        let source = String(decoding: parts[2], as: UTF8.self)
        let destination = String(decoding: parts[3], as: UTF8.self)
        guard let from = address(source, UInt16(clamping: sourcePort)),
            let to = address(destination, UInt16(clamping: destinationPort))
        else { throw .badAddress }
        return (from, to)
    }

    /// The text form; what it cannot say becomes UNKNOWN.
    var line: [UInt8] {
        let text =
            switch (command, source, destination) {
            case (.proxy, .ipv4(let from, let fromPort), .ipv4(let to, let toPort)):
                "TCP4 \(from) \(to) \(fromPort) \(toPort)"
            case (.proxy, .ipv6(let from, let fromPort), .ipv6(let to, let toPort)):
                "TCP6 \(from) \(to) \(fromPort) \(toPort)"
            default: "UNKNOWN"
            }
        return Array("PROXY \(text)\r\n".utf8)
    }
}

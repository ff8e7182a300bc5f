import FairleadWire

extension EndpointArguments {
    /// An address by key, with this port; IPv4 or IPv6, or of one family only.
    mutating func address(_ name: String, port: UInt16, _ family: SocketFamily? = nil)
        throws(EndpointStringError) -> SocketAddress?
    {
        guard let argument = try takeKey(name) else { return nil }
        let address = SocketAddress(literal: argument.value, port: port)
        if let address, family == nil || address.family == family { return address }
        let wanted =
            switch family {
            case .ipv4: "an IPv4 address"
            case .ipv6: "an IPv6 address, in brackets or with its colons escaped"
            default: "an IPv4 address, or an IPv6 address in brackets"
            }
        throw error(argument, name, expected: wanted)
    }

    /// A required port; 0, for listening, lets the system choose.
    mutating func port(from lowest: Int) throws(EndpointStringError) -> UInt16 {
        UInt16(clamping: try requiredNumber("port", in: lowest...65535))
    }

    /// A required host: a name or an address.
    mutating func host() throws(EndpointStringError) -> String {
        try required("host", "a host name or address").value
    }

    /// A required UNIX socket: a path, or `@` and an abstract name.
    mutating func unixAddress() throws(EndpointStringError) -> SocketAddress {
        let argument = try required("path", "a path, or '@' and an abstract name")
        let bytes = Array(argument.value.utf8)
        guard bytes.count <= SocketAddress.pathLimit, !bytes.contains(0) else {
            throw error(
                argument, "path", expected: "at most \(SocketAddress.pathLimit) bytes without NUL")
        }
        if bytes.first != UInt8(ascii: "@") { return .unix(path: argument.value) }
        // A socket bound to the empty name would be given another by the kernel.
        if bytes.count == 1 { throw error(argument, "path", expected: "a name after the '@'") }
        return .abstract(name: Array(bytes.dropFirst()))
    }
}

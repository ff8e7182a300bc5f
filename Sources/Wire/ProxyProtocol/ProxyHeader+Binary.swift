// The binary form, version 2 (section 2.2): signature, version and command, family and
// transport, length; then the two addresses and the records. What a LOCAL header carries after
// its length is skipped unread, as the specification asks.

extension ProxyHeader {
    /// The families of the binary form, with the size of both addresses together.
    enum Family: UInt8 {
        case unspecified = 0
        case ipv4 = 1
        case ipv6 = 2
        case unix = 3

        var size: Int {
            switch self {
            case .unspecified: 0
            case .ipv4: 12
            case .ipv6: 36
            case .unix: 216
            }
        }
    }

    static func command(_ byte: UInt8) throws(ProxyFault) -> Command {
        if byte >> 4 != 2 { throw .badVersion }
        guard let command = Command(rawValue: byte & 15) else { throw .badCommand }
        return command
    }

    static func family(_ byte: UInt8) throws(ProxyFault) -> (Family, Carriage?) {
        if byte == 0 { return (.unspecified, nil) }
        guard let family = Family(rawValue: byte >> 4), family != .unspecified,
            let carriage = Carriage(rawValue: byte & 15)
        else { throw .wrongFamily }
        return (family, carriage)
    }

    /// Reads a whole binary header, from its signature to the end that its length names.
    init(binary bytes: [UInt8]) throws(ProxyFault) {
        let block = bytes.dropFirst(ProxyHeaderParser.fixedSize)
        guard bytes.count >= ProxyHeaderParser.fixedSize else { throw .tooShort }
        let command = try Self.command(bytes[12])
        let (family, carriage) = try Self.family(bytes[13])
        self.init(.binary, command, carriage: carriage ?? .stream)
        if command == .local { return }
        guard block.count >= family.size else { throw .tooShort }
        (source, destination) = try Self.ends(Array(block.prefix(family.size)), family)
        records = try ProxyRecord.list(block.dropFirst(family.size))
        for record in records { try record.check() }
        try Self.verify(bytes, block.startIndex + family.size, records)
    }

    private static func ends(_ bytes: [UInt8], _ family: Family) throws(ProxyFault)
        -> (Address?, Address?)
    {
        func port(_ place: Int) -> UInt16 { UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1]) }
        switch family {
        case .unspecified: return (nil, nil)
        case .ipv4:
            guard let from = IPv4Address(bytes: Array(bytes[0..<4])),
                let to = IPv4Address(bytes: Array(bytes[4..<8]))
            else { throw .badAddress }
            return (.ipv4(from, port: port(8)), .ipv4(to, port: port(10)))
        case .ipv6:
            guard let from = IPv6Address(bytes: Array(bytes[0..<16])),
                let to = IPv6Address(bytes: Array(bytes[16..<32]))
            else { throw .badAddress }
            return (.ipv6(from, port: port(32)), .ipv6(to, port: port(34)))
        case .unix: return (.unix(name(bytes[0..<108])), .unix(name(bytes[108..<216])))
        }
    }

    /// A UNIX name without its padding.
    private static func name(_ field: ArraySlice<UInt8>) -> [UInt8] {
        guard let first = field.first else { return [] }
        if first != 0 { return Array(field.prefix { $0 != 0 }) }
        let rest = field.dropFirst().prefix { $0 != 0 }
        return rest.isEmpty ? [] : [0] + rest
    }

    /// Compares the checksum record, where there is one, with the header around it.
    private static func verify(_ bytes: [UInt8], _ start: Int, _ records: [ProxyRecord])
        throws(ProxyFault)
    {
        var place = start
        var found: (place: Int, value: [UInt8])?
        for record in records {
            if record.type == ProxyRecord.checksum {
                if found != nil { throw .badRecord }
                found = (place + 3, record.value)
            }
            place += 3 + record.value.count
        }
        guard let found else { return }
        var blanked = bytes
        blanked.replaceSubrange(found.place..<found.place + 4, with: [0, 0, 0, 0])
        if bigEndian(CRC32C.checksum(of: blanked)) != found.value { throw .badChecksum }
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
}

extension ProxyHeader {
    /// The header in the form of its version.
    ///
    /// A checksum record is filled in with the right sum, whatever its value was. The text form
    /// has no records, and says UNKNOWN where it has no words.
    /// - Throws: `ProtocolError`, ours, when the parts do not fit together or are too long.
    public func encoded() throws(ProtocolError) -> [UInt8] {
        if version == .text { return line }
        var (family, block) = try encodedEnds()
        var checksum: Int?
        for record in records {
            let value = record.type == ProxyRecord.checksum ? [0, 0, 0, 0] : record.value
            guard value.count <= 0xFFFF else { throw Self.ours("a record of \(value.count) bytes") }
            if record.type == ProxyRecord.checksum {
                checksum = ProxyHeaderParser.fixedSize + block.count + 3
            }
            block += ProxyRecord(record.type, value).encoded
        }
        guard block.count <= 0xFFFF else { throw Self.ours("\(block.count) bytes") }
        let kind = family == .unspecified ? 0 : family.rawValue << 4 | carriage.rawValue
        var bytes = ProxyHeaderParser.signature + [0x20 | command.rawValue, kind]
        bytes += [UInt8(block.count >> 8), UInt8(truncatingIfNeeded: block.count)] + block
        if let checksum {
            let sum = Self.bigEndian(CRC32C.checksum(of: bytes))
            bytes.replaceSubrange(checksum..<checksum + 4, with: sum)
        }
        return bytes
    }

    private func encodedEnds() throws(ProtocolError) -> (Family, [UInt8]) {
        func big(_ port: UInt16) -> [UInt8] { [UInt8(port >> 8), UInt8(truncatingIfNeeded: port)] }
        switch (source, destination) {
        case (nil, nil): return (.unspecified, [])
        case (.ipv4(let from, let fromPort), .ipv4(let to, let toPort)):
            return (.ipv4, from.bytes + to.bytes + big(fromPort) + big(toPort))
        case (.ipv6(let from, let fromPort), .ipv6(let to, let toPort)):
            return (.ipv6, from.bytes + to.bytes + big(fromPort) + big(toPort))
        case (.unix(let from), .unix(let to)):
            guard from.count <= 108, to.count <= 108 else { throw Self.ours("a UNIX name") }
            let padded = { (name: [UInt8]) in name + [UInt8](repeating: 0, count: 108 - name.count)
            }
            return (.unix, padded(from) + padded(to))
        default: throw Self.ours("a source and a destination of different families")
        }
    }

    private static func ours(_ what: String) -> ProtocolError {
        ProtocolError(.local, "PROXY", "\(what) does not fit a header")
    }
}

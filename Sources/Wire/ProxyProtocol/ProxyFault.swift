/// Why the head of a connection is no PROXY protocol header: the reasons that are counted.
public enum ProxyFault: String, Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The connection ended before a byte came, as plain health checks do.
    case nothingSent
    /// The connection ended inside the header.
    case truncated
    /// The header did not come in time.
    case late
    /// Neither version's first bytes.
    case badSignature
    /// A text header that is not made as section 2.1 says.
    case badLine
    /// A binary header of another version than 2.
    case badVersion
    /// A command that section 2.2 does not know.
    case badCommand
    /// An address family or transport that the version does not know, or that does not fit here.
    case wrongFamily
    /// An address that is none of its family.
    case badAddress
    /// A port that is none.
    case badPort
    /// Longer than the version, or our limit, allows.
    case tooLong
    /// The announced length has no room for the addresses.
    case tooShort
    /// A record (TLV) that does not fit the header or its own type.
    case badRecord
    /// The checksum record does not match.
    case badChecksum

    public var description: String {
        switch self {
        case .nothingSent: "no header: the connection ended before the first byte"
        case .truncated: "the connection ended inside the header"
        case .late: "no whole header in time"
        case .badSignature: "no header: neither version's first bytes"
        case .badLine: "a malformed text header"
        case .badVersion: "a binary header of an unknown version"
        case .badCommand: "an unknown command"
        case .wrongFamily: "a wrong address family or transport"
        case .badAddress: "an address that is none of its family"
        case .badPort: "a port that is no number up to 65535"
        case .tooLong: "a header longer than allowed"
        case .tooShort: "a length without room for the addresses"
        case .badRecord: "a malformed record"
        case .badChecksum: "a wrong checksum"
        }
    }
}

extension ProtocolError {
    /// The peer's fault in a PROXY protocol header.
    public init(_ fault: ProxyFault) {
        self.init(.remote, "PROXY", fault.description)
    }
}

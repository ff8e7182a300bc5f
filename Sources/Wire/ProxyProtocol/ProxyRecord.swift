/// A record (TLV) of a binary PROXY protocol header (section 2.2).
public struct ProxyRecord: Hashable, Sendable {
    public static let alpn: UInt8 = 0x01
    public static let authority: UInt8 = 0x02
    public static let checksum: UInt8 = 0x03
    public static let padding: UInt8 = 0x04
    public static let uniqueID: UInt8 = 0x05
    public static let tls: UInt8 = 0x20
    public static let tlsVersion: UInt8 = 0x21
    public static let tlsCommonName: UInt8 = 0x22
    public static let tlsCipher: UInt8 = 0x23
    public static let tlsSignatureAlgorithm: UInt8 = 0x24
    public static let tlsKeyAlgorithm: UInt8 = 0x25
    public static let networkNamespace: UInt8 = 0x30

    /// The longest unique ID, in bytes.
    static let longestUniqueID = 128

    public let type: UInt8
    public let value: [UInt8]

    public init(_ type: UInt8, _ value: [UInt8]) {
        self.type = type
        self.value = value
    }

    /// A record of text.
    public init(_ type: UInt8, _ text: String) {
        self.init(type, Array(text.utf8))
    }

    /// Type, length, value.
    var encoded: [UInt8] {
        let size = UInt16(clamping: value.count)
        return [type, UInt8(size >> 8), UInt8(truncatingIfNeeded: size)] + value
    }

    /// The records that fill `bytes` exactly.
    static func list(_ bytes: ArraySlice<UInt8>) throws(ProxyFault) -> [ProxyRecord] {
        var records: [ProxyRecord] = []
        var rest = bytes
        while let type = rest.popFirst() {
            guard let high = rest.popFirst(), let low = rest.popFirst() else { throw .badRecord }
            let size = Int(high) << 8 | Int(low)
            guard size <= rest.count else { throw .badRecord }
            records.append(ProxyRecord(type, Array(rest.prefix(size))))
            rest = rest.dropFirst(size)
        }
        return records
    }

    /// Refuses a value that its type does not allow.
    func check() throws(ProxyFault) {
        switch type {
        case Self.checksum: if value.count != 4 { throw .badRecord }
        case Self.uniqueID: if value.count > Self.longestUniqueID { throw .badRecord }
        case Self.tls: _ = try ProxyTLS(value)
        default: break
        }
    }
}

/// What a proxy says of the TLS that it ended for its client (`PP2_TYPE_SSL`).
public struct ProxyTLS: Hashable, Sendable {
    /// The client spoke TLS.
    public let isUsed: Bool
    /// The client showed a certificate on this connection.
    public let hasCertificate: Bool
    /// The client showed a certificate on this connection or earlier in the TLS session.
    public let hasSessionCertificate: Bool
    /// The client's certificate was found good.
    public let isVerified: Bool
    /// Version, common name, cipher and further sub-records.
    public let records: [ProxyRecord]

    /// Reads the value of a TLS record.
    public init(_ value: [UInt8]) throws(ProxyFault) {
        guard value.count >= 5 else { throw .badRecord }
        isUsed = value[0] & 1 != 0
        hasCertificate = value[0] & 2 != 0
        hasSessionCertificate = value[0] & 4 != 0
        isVerified = value[1...4].allSatisfy { $0 == 0 }
        records = try ProxyRecord.list(value.dropFirst(5))
    }

    /// For example `"TLSv1.3"`.
    public var version: String? { records.text(ProxyRecord.tlsVersion) }
    /// The common name in the client's certificate.
    public var commonName: String? { records.text(ProxyRecord.tlsCommonName) }
    public var cipher: String? { records.text(ProxyRecord.tlsCipher) }
    public var signatureAlgorithm: String? { records.text(ProxyRecord.tlsSignatureAlgorithm) }
    public var keyAlgorithm: String? { records.text(ProxyRecord.tlsKeyAlgorithm) }
}

extension ProxyHeader {
    /// The application protocol that the client agreed on with the proxy.
    public var alpn: [UInt8]? { records.first { $0.type == ProxyRecord.alpn }?.value }
    /// The host name that the client asked for (SNI).
    public var authority: String? { records.text(ProxyRecord.authority) }
    public var uniqueID: [UInt8]? { records.first { $0.type == ProxyRecord.uniqueID }?.value }
    public var networkNamespace: String? { records.text(ProxyRecord.networkNamespace) }
    /// The TLS between the client and the proxy.
    public var tls: ProxyTLS? {
        records.first { $0.type == ProxyRecord.tls }.flatMap { try? ProxyTLS($0.value) }
    }
}

extension [ProxyRecord] {
    /// The first record of a type, as text.
    fileprivate func text(_ type: UInt8) -> String? {
        first { $0.type == type }.map { String(decoding: $0.value, as: UTF8.self) }
    }
}

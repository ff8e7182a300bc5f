// Any text is no address or one whose text gives it back, and any bytes are printed readably.
import FairleadWire

/// Addresses out of any text and any bytes.
enum IPAddressFuzzer: Fuzzer {
    static func violation(_ bytes: [UInt8]) -> String? {
        let text = FuzzInput(bytes).text
        if let address = IPv4Address(text), address.description != text { return "\(address)" }
        if let address = IPv6Address(text), let wrong = mismatch(address) { return wrong }
        if let address = IPv4Address(bytes: bytes) {
            if IPv4Address(address.description) != address || address.bytes != bytes {
                return "\(address)"
            }
        }
        if let address = IPv6Address(bytes: bytes) {
            if address.bytes != bytes { return "\(address.bytes)" }
            return mismatch(address)
        }
        return nil
    }

    private static func mismatch(_ address: IPv6Address) -> String? {
        let text = address.description
        let isCanonical = text.utf8.count <= 39 && text == text.lowercased()
        return IPv6Address(text) == address && isCanonical ? nil : "\(text)"
    }
}

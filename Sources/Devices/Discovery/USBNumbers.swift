/// The numbers by which a USB device says who made it and what it is.
public struct USBNumbers: Hashable, Sendable, CustomStringConvertible {
    public var vendor: UInt16
    public var product: UInt16

    public init(_ vendor: UInt16, _ product: UInt16) {
        self.vendor = vendor
        self.product = product
    }

    /// Reads the two numbers as the kernel gives them: four hexadecimal digits each.
    init?(vendor: String?, product: String?) {
        guard let vendor = vendor.flatMap({ UInt16($0, radix: 16) }),
            let product = product.flatMap({ UInt16($0, radix: 16) })
        else { return nil }
        self.init(vendor, product)
    }

    /// `1546:01a8`.
    public var description: String { "\(Self.hex(vendor)):\(Self.hex(product))" }

    static func hex(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }
}

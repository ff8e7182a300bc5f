import CSystem

/// A failed system call: the error number and the call that gave it.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The error number (`errno`), for example `ECONNREFUSED`.
    public let code: Int32
    /// The call, with what it was about where that helps: `"connect"`, `"open /dev/ttyUSB0"`.
    public let call: String

    public init(_ code: Int32, _ call: String) {
        self.code = code
        self.call = call
    }

    /// `connect: Connection refused (ECONNREFUSED)`.
    public var description: String {
        "\(call): \(Self.text(of: code)) (\(Self.name(of: code)))"
    }

    /// The symbolic name of an error number, for example `"ECONNREFUSED"`.
    public static func name(of code: Int32) -> String {
        guard let name = unsafe fl_error_name(code) else { return "errno \(code)" }
        return unsafe String(cString: name)
    }

    static func text(of code: Int32) -> String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            return unsafe String(cString: fl_error_text(code, base, buffer.count))
        }
    }
}

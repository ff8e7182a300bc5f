import Glibc

/// What a system call gave: a count or descriptor, or an error number.
///
/// Not thrown, because `EAGAIN` and `EINTR` are everyday answers on the data path.
@frozen
public struct SystemResult: Equatable, Sendable {
    /// Zero or more: the call's value; below zero: the negated error number.
    public let rawValue: Int

    @inlinable
    public init(_ rawValue: Int) {
        self.rawValue = rawValue
    }

    @inlinable
    public init(_ rawValue: Int32) {
        self.rawValue = Int(rawValue)
    }

    /// A failure with this error number.
    @inlinable
    public static func failure(_ code: Int32) -> SystemResult { SystemResult(-code) }

    /// Success without a value.
    public static let success = SystemResult(0)

    @inlinable public var isSuccess: Bool { rawValue >= 0 }

    /// The error number, 0 on success.
    @inlinable public var code: Int32 { rawValue < 0 ? Int32(truncatingIfNeeded: -rawValue) : 0 }

    /// Whether the call would have had to wait.
    public var wouldBlock: Bool { code == EAGAIN }

    /// Whether a signal interrupted the call, which is simply made again.
    public var wasInterrupted: Bool { code == EINTR }

    /// The value, or a `SystemError` that names `call`.
    public func get(_ call: @autoclosure () -> String) throws(SystemError) -> Int {
        if rawValue < 0 { throw SystemError(code, call()) }
        return rawValue
    }

    /// The value as a descriptor, or a `SystemError` that names `call`.
    func descriptor(_ call: @autoclosure () -> String) throws(SystemError) -> Int32 {
        Int32(truncatingIfNeeded: try get(call()))
    }
}

/// Makes a call again for as long as signals interrupt it.
@inline(__always)
func uninterrupted(_ call: () -> SystemResult) -> SystemResult {
    while true {
        let result = call()
        if !result.wasInterrupted { return result }
    }
}

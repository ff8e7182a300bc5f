import CSystem

/// How many descriptors this process may have at a time.
public enum DescriptorLimit {
    /// Makes it as high as it may be: many systems begin with 1,024.
    ///
    /// - Returns: what it is then.
    @discardableResult
    public static func raise() throws(SystemError) -> Int {
        let limit = fl_descriptor_limit(1)
        if limit < 0 { throw SystemError(Int32(-limit), "setrlimit") }
        return Int(limit)
    }
}

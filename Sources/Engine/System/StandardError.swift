import CSystem

/// Writes text to standard error, as far as it takes it: a log must never hold the loop.
///
/// - Returns: whether it took all of it; a pipe that nobody reads does not.
@discardableResult
public func writeToStandardError(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return unsafe bytes.withUnsafeBytes { raw in
        unsafe fl_write_ready(2, raw.baseAddress, raw.count) == Int64(raw.count)
    }
}

import CSystem

/// Writes text to standard error, as far as it takes it: a log must never hold the loop.
public func writeToStandardError(_ text: String) {
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBytes { raw in _ = unsafe fl_write(2, raw.baseAddress, raw.count) }
}

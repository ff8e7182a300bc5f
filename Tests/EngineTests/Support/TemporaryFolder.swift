import Foundation

/// Runs `body` with the path of a fresh folder, which is removed again.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let path = "/tmp/fairlead-" + UUID().uuidString.prefix(13)
    try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
}

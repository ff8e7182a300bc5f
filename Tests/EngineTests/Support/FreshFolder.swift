import Foundation

/// A fresh folder that only we may enter, removed again when its owner goes.
final class FreshFolder {
    let path = "/tmp/fairlead-" + UUID().uuidString.prefix(13)

    init() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Runs `body` with the path of a fresh folder, which is removed again.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = try FreshFolder()
    try withExtendedLifetime(folder) { try body(folder.path) }
}

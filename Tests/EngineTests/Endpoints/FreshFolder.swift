import Foundation

/// A fresh folder, removed again when its owner goes.
final class FreshFolder {
    let path = FileManager.default.temporaryDirectory.path + "/fairlead-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

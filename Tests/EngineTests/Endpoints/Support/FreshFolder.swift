import Foundation

/// A fresh folder, removed again when its owner goes.
final class FreshFolder {
    let path: String

    init() throws { path = try makeFreshFolder() }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    deinit { removeFolder(path) }
}

/// Makes an empty folder in the temporary one.
func makeFreshFolder() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/fairlead-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    return path
}

/// Removes a folder and what is in it.
func removeFolder(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

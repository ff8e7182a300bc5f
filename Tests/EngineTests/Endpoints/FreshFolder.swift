import Foundation

/// Makes an empty folder in the temporary one.
func makeFreshFolder() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/fairlead-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    return path
}

/// Removes a folder and what is in it.
func removeFolder(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

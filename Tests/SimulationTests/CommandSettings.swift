import Foundation

/// Settings from the environment.
enum CommandSettings {
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name]
    }

    /// A line for whoever watches.
    static func tell(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

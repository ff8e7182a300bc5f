import Foundation

/// Settings from the environment.
enum CommandSettings {
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name]
    }
}

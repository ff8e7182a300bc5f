import FairleadConfiguration
import FairleadEngine

/// A configuration in a file.
enum ConfigurationFile {
    /// Reads a file.
    ///
    /// - Throws: `ExitCode`, after all faults have been said, each with its line.
    static func read(_ path: String) throws -> Configuration {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try PosixKernel().readFile(path, atMost: Configuration.maximumSize + 1)
        } catch {
            throw ExitStatus.noInput.error("\(error)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ExitStatus.configuration.error("\(path): expected UTF-8")
        }
        let (configuration, faults) = Configuration.read(text)
        guard let last = faults.last else { return configuration }
        for fault in faults.dropLast() { note("\(path):\(fault)") }
        note("\(path):\(last)")
        let number = faults.count == 1 ? "a fault" : "\(faults.count) faults"
        throw ExitStatus.configuration.error("\(path) has \(number)")
    }
}

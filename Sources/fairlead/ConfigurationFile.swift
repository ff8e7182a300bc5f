import FairleadConfiguration
import FairleadEngine

/// A configuration in a file.
enum ConfigurationFile {
    /// Reads a file; the fault has a line for each of its own.
    static func read(_ path: String) throws(CommandFault) -> Configuration {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try PosixKernel().readFile(path, atMost: Configuration.maximumSize + 1)
        } catch {
            throw CommandFault(.noInput, ["\(error)"])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFault(.configuration, ["\(path): expected UTF-8"])
        }
        let (configuration, faults) = Configuration.read(text)
        if faults.isEmpty { return configuration }
        throw CommandFault(.configuration, faults.map { "\(path):\($0)" })
    }
}

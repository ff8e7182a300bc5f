// Sockets that systemd opened for us (sd_listen_fds(3)): LISTEN_PID says for which process,
// LISTEN_FDS how many there are, from descriptor 3 on, LISTEN_FDNAMES what they are called.
// The variables are read once, from whatever environment is given. The descriptors stay open,
// close on exec; each port that listens gets a copy, so that a port can be opened again.
import FairleadWire

/// The sockets that a service manager passed to this process.
public struct SocketActivation: Hashable, Sendable {
    /// One of them.
    public struct Socket: Hashable, Sendable {
        /// Its place among those that were passed, from 0.
        public let index: Int
        public let descriptor: Int32
        /// What the unit calls it, `unknown` where it does not.
        public let name: String
    }

    /// The first descriptor that is passed.
    static let firstDescriptor: Int32 = 3
    /// More sockets than this are not believed.
    static let maximum = 1024

    public let sockets: [Socket]

    /// Reads the variables.
    ///
    /// - Throws: `SocketActivationError` that names the variable which is missing or wrong.
    public init(environment: (String) -> String?, process: Int32) throws(SocketActivationError) {
        let pid = try Self.number("LISTEN_PID", environment, upTo: UInt64(Int32.max))
        guard pid == Int(process) else {
            throw SocketActivationError(
                "LISTEN_PID is \(pid): the sockets are for another process than this, \(process)")
        }
        let count = try Self.number("LISTEN_FDS", environment, upTo: UInt64(Self.maximum))
        guard count > 0 else {
            throw SocketActivationError("LISTEN_FDS is 0: no socket was passed")
        }
        let names = environment("LISTEN_FDNAMES").map {
            $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        }
        if let names, names.count != count {
            throw SocketActivationError(
                "LISTEN_FDNAMES has \(names.count) names, LISTEN_FDS says \(count) sockets")
        }
        sockets = (0..<count).map { index in
            Socket(
                index: index, descriptor: Self.firstDescriptor + Int32(clamping: index),
                name: names?[index] ?? "unknown")
        }
    }

    /// What was passed to this process, read at the first use.
    static let ofThisProcess = Result { () throws(SocketActivationError) in
        try SocketActivation(environment: environmentValue, process: ownProcessID())
    }

    private static func number(
        _ name: String, _ environment: (String) -> String?, upTo limit: UInt64
    ) throws(SocketActivationError) -> Int {
        guard let text = environment(name), !text.isEmpty else {
            throw SocketActivationError("\(name) is not set: not started by socket activation")
        }
        guard let value = decimalNumber(text.utf8, atMost: limit) else {
            throw SocketActivationError("\(name) is \"\(text)\"; expected a number up to \(limit)")
        }
        return Int(value)
    }
}

/// Why a socket that was to be passed to us cannot be listened on.
public struct SocketActivationError: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String

    init(_ message: String) { self.message = message }

    public var description: String { "systemd: \(message)" }
}

import CSystem
import FairleadEngine

/// Real descriptors to try a mechanism with. Errors of the machine itself are thrown.
enum SystemProbe {
    static func socketPair() throws(SystemError) -> (Int32, Int32) {
        try pair(fl_check_socket_pair(), "socketpair")
    }

    /// Reading end, writing end.
    static func pipe() throws(SystemError) -> (Int32, Int32) { try pair(fl_check_pipe(), "pipe") }

    /// Controlling end, terminal.
    static func terminal() throws(SystemError) -> (Int32, Int32) {
        try pair(fl_check_terminal(), "open /dev/ptmx")
    }

    static func file() throws(SystemError) -> Int32 {
        Int32(truncatingIfNeeded: try SystemResult(fl_check_file()).get("memfd_create"))
    }

    static func duplicate(_ descriptor: Int32) throws(SystemError) -> Int32 {
        let result = SystemResult(fl_check_duplicate(descriptor))
        return Int32(truncatingIfNeeded: try result.get("dup"))
    }

    /// Leaves this thread alone with the standard streams; false where the kernel cannot.
    static func useOwnTable() -> Bool { fl_check_own_table() >= 0 }
    static var openDescriptors: Int { Int(fl_check_open_descriptors()) }

    private static func pair(_ both: Int64, _ call: String) throws(SystemError) -> (Int32, Int32) {
        let both = try SystemResult(Int(both)).get(call)
        return (Int32(truncatingIfNeeded: both), Int32(truncatingIfNeeded: both >> 32))
    }
}

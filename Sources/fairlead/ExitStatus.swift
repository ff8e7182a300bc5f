import ArgumentParser
import FairleadEngine
import FairleadGateway
import FairleadWire
import Glibc

/// How the program ends, in the numbers of sysexits(3), so that scripts can tell why.
enum ExitStatus: Int32 {
    /// The command line is wrong.
    case usage = 64
    /// What was read is not what it should be.
    case data = 65
    /// What was to be read is not there, or cannot be opened.
    case noInput = 66
    /// What is needed is not to be had: a port that is taken, a gateway that does not run.
    case unavailable = 69
    /// A fault of our own.
    case software = 70
    /// What was to be written cannot be made.
    case cannotCreate = 73
    /// Reading or writing failed on the way.
    case inputOutput = 74
    /// Not allowed.
    case noPermission = 77
    /// The configuration is wrong.
    case configuration = 78

    /// The status for an error of opening what was asked for.
    init(of error: any Error) {
        switch error {
        case is EndpointStringError, is OutletError: self = .usage
        case let error as SystemError where [EACCES, EPERM].contains(error.code):
            self = .noPermission
        case is SystemError: self = .unavailable
        default: self = .software
        }
    }

    /// Says why on standard error, and gives what is to be thrown.
    func error(_ words: String) -> ExitCode { CommandFault(self, [words]).said() }
}

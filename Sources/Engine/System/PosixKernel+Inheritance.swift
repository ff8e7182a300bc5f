import CSystem
import Glibc

extension PosixKernel {
    public func nature(of descriptor: Int32) -> SocketNature? {
        var domain: Int32 = 0
        var type: Int32 = 0
        var listens: Int32 = 0
        guard unsafe fl_socket_nature(descriptor, &domain, &type, &listens) == 0 else { return nil }
        let families = [AF_INET: SocketFamily.ipv4, AF_INET6: .ipv6, AF_UNIX: .unix]
        let kinds = [
            Int32(SOCK_STREAM.rawValue): SocketKind.stream,
            Int32(SOCK_DGRAM.rawValue): .datagram,
        ]
        guard let family = families[domain], let kind = kinds[type] else { return nil }
        return SocketNature(family, kind, isListening: listens != 0)
    }

    public func closeOnExec(_ descriptor: Int32) -> SystemResult {
        SystemResult(fl_close_on_exec(descriptor))
    }
}

/// The number of this process.
func ownProcessID() -> Int32 { getpid() }

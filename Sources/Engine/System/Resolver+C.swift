// getaddrinfo(3), called on a worker thread. One of the named files that may say `unsafe`.
import CSystem
import FairleadWire
import Glibc

/// The stream addresses of a host, in the order of preference (RFC 6724), at most 64.
func systemAddresses(of host: String, _ port: UInt16) -> Result<[SocketAddress], ResolveError> {
    if host.isEmpty || host.utf8.contains(0) { return .failure(ResolveError(host, "not a name")) }
    return unsafe withUnsafeTemporaryAllocation(of: sockaddr_storage.self, capacity: 64) { buffer in
        let count = unsafe fl_resolve(host, port, buffer.baseAddress, Int32(buffer.count))
        if count < 0 {
            let text = unsafe String(cString: fl_resolve_error(count))
            return .failure(ResolveError(host, text))
        }
        let length = MemoryLayout<sockaddr_in6>.size
        let addresses = (0..<Int(count)).compactMap {
            unsafe SocketAddress.read(buffer[$0], length: length)
        }
        return .success(addresses)
    }
}

// Socket addresses in the kernel's form and back. One of the named files that may say `unsafe`.
import FairleadWire
import Glibc

extension SocketAddress {
    /// The longest path that fits `sun_path` with its closing NUL.
    static let pathLimit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// Calls `body` with the address in the kernel's form, or gives the error number.
    func withKernelForm(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> SystemResult
    ) -> SystemResult {
        var storage = sockaddr_storage()
        let size: Int
        switch self {
        case .ipv4(let address, let port): size = Self.fill(&storage, address, port)
        case .ipv6(let address, let port, let scope):
            size = Self.fill(&storage, address, port, scope)
        case .unix(let path):
            let bytes = Array(path.utf8)
            guard !bytes.isEmpty, bytes.count <= Self.pathLimit, !bytes.contains(0) else {
                return .failure(bytes.count > Self.pathLimit ? ENAMETOOLONG : EINVAL)
            }
            size = Self.fill(&storage, name: bytes + [0])
        case .abstract(let name):
            guard name.count <= Self.pathLimit else { return .failure(ENAMETOOLONG) }
            size = Self.fill(&storage, name: [0] + name)
        case .unnamed: size = Self.fill(&storage, name: [])
        }
        return unsafe withUnsafePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe body(address, socklen_t(size))
            }
        }
    }

    private static func fill(
        _ storage: inout sockaddr_storage, _ address: IPv4Address, _ port: UInt16
    ) -> Int {
        unsafe withUnsafeMutableBytes(of: &storage) { raw in
            var form = sockaddr_in()
            form.sin_family = sa_family_t(AF_INET)
            form.sin_port = port.bigEndian
            form.sin_addr.s_addr = address.value.bigEndian
            unsafe raw.storeBytes(of: form, as: sockaddr_in.self)
        }
        return MemoryLayout<sockaddr_in>.size
    }

    private static func fill(
        _ storage: inout sockaddr_storage, _ address: IPv6Address, _ port: UInt16, _ scope: UInt32
    ) -> Int {
        unsafe withUnsafeMutableBytes(of: &storage) { raw in
            var form = sockaddr_in6()
            form.sin6_family = sa_family_t(AF_INET6)
            form.sin6_port = port.bigEndian
            form.sin6_scope_id = scope
            unsafe withUnsafeMutableBytes(of: &form.sin6_addr) {
                unsafe $0.storeBytes(of: address.value.bigEndian, as: UInt128.self)
            }
            unsafe raw.storeBytes(of: form, as: sockaddr_in6.self)
        }
        return MemoryLayout<sockaddr_in6>.size
    }

    private static func fill(_ storage: inout sockaddr_storage, name: [UInt8]) -> Int {
        let offset = MemoryLayout<sa_family_t>.size
        unsafe withUnsafeMutableBytes(of: &storage) { raw in
            unsafe raw.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
            unsafe UnsafeMutableRawBufferPointer(rebasing: raw[offset...]).copyBytes(from: name)
        }
        return offset + name.count
    }

    /// Reads an address that the kernel filled in; `length` is what it says it wrote.
    static func read(_ storage: sockaddr_storage, length: Int) -> SocketAddress? {
        let family = Int32(storage.ss_family)
        return unsafe withUnsafeBytes(of: storage) { raw in
            switch family {
            case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
                let form = unsafe raw.load(as: sockaddr_in.self)
                let address = IPv4Address(value: UInt32(bigEndian: form.sin_addr.s_addr))
                return .ipv4(address, port: UInt16(bigEndian: form.sin_port))
            case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
                let form = unsafe raw.load(as: sockaddr_in6.self)
                let value = unsafe withUnsafeBytes(of: form.sin6_addr) {
                    unsafe $0.loadUnaligned(as: UInt128.self)
                }
                return .ipv6(
                    IPv6Address(value: UInt128(bigEndian: value)),
                    port: UInt16(bigEndian: form.sin6_port), scope: form.sin6_scope_id)
            case AF_UNIX:
                return unsafe readUnix(Array(raw.prefix(length).dropFirst(2)))
            default: return nil
            }
        }
    }

    private static func readUnix(_ name: [UInt8]) -> SocketAddress {
        guard let first = name.first else { return .unnamed }
        if first == 0 { return .abstract(name: Array(name.dropFirst())) }
        return .unix(path: String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
    }
}

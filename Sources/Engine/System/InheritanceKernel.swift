import Glibc

/// What an open socket is.
public struct SocketNature: Hashable, Sendable {
    public var family: SocketFamily
    public var kind: SocketKind
    public var isListening: Bool

    public init(_ family: SocketFamily, _ kind: SocketKind, isListening: Bool) {
        self.family = family
        self.kind = kind
        self.isListening = isListening
    }
}

/// The calls of a kernel that concern descriptors which another process opened and passed on.
public protocol InheritanceKernel: AnyObject {
    /// What socket a descriptor is; nil where it is none, or none of a family that we know.
    func nature(of descriptor: Int32) -> SocketNature?
    /// Keeps a descriptor from the programs that this process starts.
    func closeOnExec(_ descriptor: Int32) -> SystemResult
}

extension InheritanceKernel {
    public func nature(of descriptor: Int32) -> SocketNature? { nil }
    public func closeOnExec(_ descriptor: Int32) -> SystemResult { .failure(ENOSYS) }
}

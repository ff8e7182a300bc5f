import FairleadEngine
import FairleadWire

/// Tells when names in a folder come, go or change their permissions.
///
/// Of a folder that does not exist the nearest one above it that does is watched: the rest may
/// be made any time.
public final class FolderWatch: DescriptorObserver {
    /// The folder that is watched.
    public let folder: String
    private unowned let reactor: Reactor
    private let changed: () -> Void
    private var descriptor: Int32 = -1
    private var token = Token.none

    /// - Throws: `SystemError`, for example `ENOSPC` when the user has too many watches.
    public init(
        _ folder: String, on reactor: Reactor, changed: @escaping () -> Void
    ) throws(SystemError) {
        self.reactor = reactor
        self.changed = changed
        let name = Self.nearest(folder, reactor.kernel)
        self.folder = name
        let number = try reactor.kernel.watchFolder(name).get("watch \(name)")
        descriptor = Int32(truncatingIfNeeded: number)
        do {
            token = try reactor.register(descriptor, .readable, self)
        } catch {
            reactor.kernel.close(descriptor)
            throw error
        }
    }

    /// The folder, or the nearest one above it that exists.
    static func nearest(_ folder: String, _ kernel: any Kernel) -> String {
        var name = folder
        while name.count > 1, kernel.realPath(of: name) == nil { name = parentFolder(of: name) }
        return name
    }

    /// Ends the watch.
    public func cancel() {
        guard descriptor >= 0 else { return }
        reactor.unregister(token)
        reactor.kernel.close(descriptor)
        descriptor = -1
    }

    public func ready(_ readiness: Readiness, _ token: Token) {
        var hasChanged = false
        var buffer = [UInt8](repeating: 0, count: 4096)
        // A flood of changes is one change; what is left is read in the next turn.
        for _ in 0..<16 {
            var target = buffer.mutableSpan
            guard reactor.kernel.read(descriptor, into: &target).rawValue > 0 else { break }
            hasChanged = true
        }
        if hasChanged { changed() }
    }

    public func reactorStopped() { cancel() }
}

/// The folder that a path is in.
func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
}

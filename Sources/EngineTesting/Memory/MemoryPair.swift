import FairleadEngine

/// Connects two protocols with each other in memory, on one reactor.
///
/// Each is told `connectionMade` at once, `first` before `second`; everything else follows as the
/// reactor turns. What arrives is cut as `chunking` says.
/// - Parameter capacity: bytes under way in each direction before writes have to wait.
@discardableResult
public func memoryPair(
    on reactor: Reactor, _ first: any StreamProtocol, _ second: any StreamProtocol,
    chunking: Chunking = .whole, capacity: Int = 64 * 1024
) -> (first: MemoryTransport, second: MemoryTransport) {
    func half(_ name: String, _ peer: String) -> MemoryTransport {
        MemoryTransport(
            on: reactor, chunking: chunking, capacity: capacity,
            localAddress: .other("memory, \(name)"), peerAddress: .other("memory, \(peer)"))
    }
    let here = half("first", "second")
    let there = half("second", "first")
    here.connect(with: there)
    there.connect(with: here)
    here.start(first)
    there.start(second)
    return (here, there)
}

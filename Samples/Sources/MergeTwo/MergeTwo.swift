// Two receivers, one position: MergeTwo ENDPOINT ENDPOINT. The better one speaks, and the other
// takes over when it falls silent or loses its fix.
import FairleadEngine
import FairleadNMEA
import FairleadNMEAWire
import FairleadWire
import Glibc

final class Merge {
    private var selector = FixSelector()
    private let reactor: Reactor
    private var timer: FairleadEngine.Timer?

    init(_ reactor: Reactor) { self.reactor = reactor }

    /// One of the receivers.
    final class Side: PositioningReceiver {
        private let merge: Merge
        init(_ merge: Merge) { self.merge = merge }

        func positionReceived(_ fix: Fix) { merge.take(fix) }
        func fixMissing(_ fix: Fix) { merge.take(fix) }
    }

    func take(_ fix: Fix) {
        show(selector.take(fix, at: reactor.now))
    }

    private func show(_ fix: Fix?) {
        if let fix {
            print("\(fix.device): \(fix.position.map(\.description) ?? "no fix")")
            fflush(nil)
        }
        timer?.cancel()
        timer = selector.deadline.map { deadline in
            reactor.after(deadline.since(reactor.now) + .milliseconds(1)) { [self] in
                show(selector.expire(at: reactor.now))
            }
        }
    }
}

@main
enum MergeTwo {
    static func main() {
        let sources = CommandLine.arguments.dropFirst()
        guard sources.count == 2 else {
            print("usage: MergeTwo ENDPOINT ENDPOINT")
            exit(2)
        }
        Reactor.main { reactor in
            let merge = Merge(reactor)
            for source in sources {
                let endpoint = try Endpoints.standard.client(source)
                Reconnecting(endpoint, on: reactor) { _ in
                    NMEAProtocol(device: source, to: Merge.Side(merge))
                }.start()
            }
        }
    }
}

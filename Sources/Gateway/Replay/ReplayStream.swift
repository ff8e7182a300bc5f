// A log on its way to a protocol, in its own time. The log is read ahead by some lines and no more;
// what is no line is handed on as it is. It must never know where the log comes from, nor what the
// protocol behind it does with it.

import FairleadEngine
import FairleadWire

/// Hands the bytes of a stream on when their times have come.
public final class ReplayStream: StreamProtocol {
    private let inner: any StreamProtocol
    private var pacer: ReplayPacer
    private var framer: [UInt8] = []
    private var waiting: [(bytes: [UInt8], due: Instant)] = []
    private var lastDue: Instant?
    private var timer: Timer?
    private var transport: (any Transport)?
    private var ending: Disconnect?

    /// Whoever gets the log cannot take more at this time.
    public var isHeld = false {
        didSet {
            if isHeld {
                timer?.cancel()
                timer = nil
            } else if oldValue {
                // What was due meanwhile comes now, and what follows keeps its distance.
                shift()
                deliver()
            }
        }
    }

    /// Lines that are read ahead.
    private static let ahead = 256
    /// What has no end of line is cut here.
    private static let longestLine = 4096

    public init(_ pacer: ReplayPacer, to inner: any StreamProtocol) {
        self.pacer = pacer
        self.inner = inner
    }

    public func connectionMade(on transport: any Transport) throws {
        self.transport = transport
        try inner.connectionMade(on: transport)
    }

    public func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        for index in bytes.indices {
            framer.append(bytes[index])
            if bytes[index] == 0x0A || framer.count >= Self.longestLine { queue(transport) }
        }
        if waiting.count > Self.ahead { transport.pauseReading() }
        deliver()
    }

    public func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        if !framer.isEmpty { queue(transport) }
        ending = reason
        deliver()
    }

    /// Ends without handing on what waits.
    public func stop() {
        timer?.cancel()
        timer = nil
        waiting = []
        transport?.abort()
    }

    private func queue(_ transport: any Transport) {
        let now = transport.reactor.now
        let due = max(now, lastDue ?? now) + pacer.pause(before: framer.span)
        // A log that could not be handed on in time is not hurried.
        waiting.append((framer, lastDue.map { max($0, due) } ?? due))
        lastDue = due
        framer.removeAll(keepingCapacity: true)
    }

    private func shift() {
        guard let transport, let first = waiting.first else { return }
        let late = transport.reactor.now.since(first.due)
        if late <= .zero { return }
        for index in waiting.indices { waiting[index].due = waiting[index].due + late }
        lastDue = lastDue.map { $0 + late }
    }

    /// Hands on what is due, in one piece, and waits for the next.
    private func deliver() {
        guard let transport, timer == nil, !isHeld else { return }
        let now = transport.reactor.now
        let count = waiting.prefix { $0.due <= now }.count
        if count > 0 {
            let bytes = waiting[..<count].flatMap(\.bytes)
            waiting.removeFirst(count)
            do {
                try inner.received(bytes.span, on: transport)
            } catch {
                return transport.abort(Disconnect(thrown: error))
            }
        }
        if ending == nil, waiting.count <= Self.ahead / 2 { transport.resumeReading() }
        if let next = waiting.first {
            guard !isHeld else { return }
            timer = transport.reactor.after(next.due.since(now)) { [weak self] in
                self?.timer = nil
                self?.deliver()
            }
        } else if let ending {
            self.transport = nil
            inner.connectionLost(ending, on: transport)
        }
    }
}

// Positions, thinned, into a file. What is to be written waits in a bounded queue on the reactor,
// and one call at a time writes it on a worker's thread; a disk that is slow, full or gone, or a
// file that is locked or broken, stops the history and nothing else. It is said once, and when it
// goes on.

import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// Keeps positions for later.
final class HistoryOutlet: Outlet {
    static let kind = OutletTable.Kind(
        name: "history", summary: "positions for later, in a file: fairlead track reads it",
        usual: nil,
        settings: [
            OutletSetting("interval", "a position is kept after so long (10s)"),
            OutletSetting("distance", "and after so many metres (25)"),
            OutletSetting("age", "older positions are removed (90d)"),
            OutletSetting("size", "the largest file (500M)"),
        ]
    ) { plan, settings in
        guard plan.place.hasPrefix("/") else {
            throw OutletError(
                plan.description, expected: "a path from the root, as in history=/var/lib/x.sqlite")
        }
        var limits = HistoryStore.Limits()
        limits.age = try settings.duration("age") ?? limits.age
        limits.size = try settings.bytes("size") ?? limits.size
        let thinner = HistoryThinner(
            interval: try settings.duration("interval") ?? .seconds(10),
            distance: Double(try settings.number("distance", in: 0...1_000_000) ?? 25))
        return { parts in
            HistoryOutlet(HistoryStore(plan.place, limits), thinner, parts.hub)
        }
    }

    let description: String
    private let store: HistoryStore
    private let hub: Hub
    private var thinner: HistoryThinner
    private var queue: [HistoryRecord] = []
    private var isWriting = false
    /// How many at the queue's front are being written.
    private var inFlight = 0
    private var timer: Timer?
    /// What is in the way, as it was last said.
    private var fault: HistoryFault?
    private var pause = Duration.seconds(1)
    /// Records that were dropped since the history stopped.
    private var dropped = 0
    private var lastTidy: Instant?
    private var isStopped = false
    private var farewells: [() -> Void] = []

    /// Records that may wait: some hours of a ship's way.
    private static let maximumQueue = 10_000
    private static let longestPause = Duration.seconds(60)
    private static let tidyInterval = Duration.seconds(300)

    init(_ store: HistoryStore, _ thinner: HistoryThinner, _ hub: Hub) {
        self.store = store
        self.thinner = thinner
        self.hub = hub
        description = "history in \(store.path)"
        hub.reactor.add(to: .beforeShutDown) { [weak self] _, done in
            guard let self else { return done() }
            finish(done)
        }
    }

    // MARK: What is kept

    func received(_ event: PositioningEvent, from device: GatewayDevice) {
        switch event {
        case .position(let fix), .noFix(let fix): take(fix, of: device)
        default: break
        }
    }

    func deviceChanged(_ device: GatewayDevice) {
        if device.isPresent { return }
        var lost = Fix()
        lost.received = UTCTime(nanosecondsSince1970: hub.reactor.kernel.wallClock())
        take(lost, of: device)
        thinner.forget(device.name)
    }

    private func take(_ fix: Fix, of device: GatewayDevice) {
        // The choice follows; where nobody has been chosen yet, it is the first that has a fix.
        let isChosen = (hub.chosenDevice ?? device.name) == device.name
        guard let record = HistoryRecord(fix, of: device.name, isChosen: isChosen),
            thinner.keeps(record, at: hub.reactor.now)
        else { return }
        if queue.count >= Self.maximumQueue {
            // The newest are worth more than the oldest.
            queue.removeFirst()
            if inFlight > 0 { inFlight -= 1 } else { dropped += 1 }
        }
        queue.append(record)
        schedule(after: fault == nil ? .seconds(1) : pause)
    }

    // MARK: Writing

    private func schedule(after delay: Duration) {
        guard timer == nil, !isWriting, !isStopped else { return }
        timer = hub.reactor.after(delay) { [weak self] in
            self?.timer = nil
            self?.write()
        }
    }

    private func write() {
        if queue.isEmpty { return }
        let batch = queue
        let now = hub.reactor.now
        let isTidy = lastTidy.map { now.since($0) < Self.tidyInterval } ?? false
        if !isTidy { lastTidy = now }
        let clock = UTCTime(nanosecondsSince1970: hub.reactor.kernel.wallClock())
        isWriting = true
        inFlight = batch.count
        do {
            try hub.reactor.workers.run({ [store] () -> HistoryFault? in
                do throws(HistoryFault) {
                    try store.write(batch)
                    if !isTidy, let clock { try store.tidy(now: clock) }
                    return nil
                } catch {
                    return error
                }
            }) { [self] fault in
                // Held until then: the gateway may have let go of it.
                written(fault)
            }
        } catch {
            written(.other("\(error)"))
        }
    }

    private func written(_ newFault: HistoryFault?) {
        isWriting = false
        let done = min(inFlight, queue.count)
        inFlight = 0
        if newFault == nil { queue.removeFirst(done) }
        if isStopped {
            if newFault == nil, !queue.isEmpty { return write() }
            return endAll()
        }
        guard let newFault else {
            if fault != nil { tellRecovery() }
            if !queue.isEmpty { schedule(after: .seconds(1)) }
            return
        }
        if newFault == .corrupt, let now = UTCTime(nanosecondsSince1970: clockNow) {
            let name = store.moveAside(at: now)
            hub.reactor.log(.error, "\(description): broken; it is \(name) now, a new one begins")
            return schedule(after: .seconds(1))
        }
        if newFault != fault {
            hub.reactor.log(.error, "\(description) stands still: \(newFault)")
            fault = newFault
            pause = .seconds(1)
        } else {
            pause = min(pause * 2, Self.longestPause)
        }
        schedule(after: pause)
    }

    private var clockNow: Int64 { hub.reactor.kernel.wallClock() }

    private func tellRecovery() {
        let lost = dropped == 0 ? "" : "; \(dropped) positions are lost"
        hub.reactor.log(.warning, "\(description) goes on\(lost)")
        fault = nil
        dropped = 0
        pause = .seconds(1)
    }

    // MARK: The end

    /// What waits is written, and the program's end waits for that, as far as it waits at all.
    func stop() {
        isStopped = true
        timer?.cancel()
        timer = nil
        finish {}
    }

    private func finish(_ done: @escaping () -> Void) {
        if queue.isEmpty, !isWriting { return done() }
        farewells.append(done)
        if !isWriting { write() }
    }

    private func endAll() {
        let calls = farewells
        farewells = []
        for call in calls { call() }
    }
}

// Timers: a heap with four children a node, ordered by deadline and, among equals, by the order
// in which they were made. Each timer knows its place, so that cancelling costs a few swaps. A
// reset to a later time only notes it: the heap is put right when the old time comes, which
// makes the idle timeout of a busy connection nearly free.
import FairleadWire

/// A call at a later time on the reactor's thread.
public final class Timer {
    /// When it is due.
    public fileprivate(set) var deadline: Instant
    /// Who asked for it: file and line, for the watchdog and for leak reports.
    public var owner: String { "\(file):\(line)" }
    /// Whether it is still to come.
    public var isPending: Bool { place >= 0 }

    /// Where the heap has it sorted, which may be earlier than its deadline.
    fileprivate var sorted: Instant
    fileprivate var sequence: UInt64 = 0
    fileprivate var place = -1
    fileprivate let period: Int64
    fileprivate let action: () -> Void
    private let file: StaticString
    private let line: UInt
    private unowned let queue: TimerQueue

    fileprivate init(
        _ deadline: Instant, period: Int64, _ queue: TimerQueue, _ file: StaticString, _ line: UInt,
        _ action: @escaping () -> Void
    ) {
        self.deadline = deadline
        self.sorted = deadline
        self.period = period
        self.queue = queue
        self.file = file
        self.line = line
        self.action = action
    }

    /// Makes sure that it does not run any more.
    public func cancel() {
        if isPending { queue.remove(self) }
    }

    /// Moves it to `delay` from now; one that has run or was cancelled is set anew.
    public func reset(after delay: Duration) {
        queue.move(self, to: queue.now() + max(delay, .zero))
    }
}

/// The pending timers of one reactor.
final class TimerQueue {
    private var heap: ContiguousArray<Timer> = []
    private var sequence: UInt64 = 0
    private unowned let kernel: any Kernel

    init(kernel: any Kernel) {
        self.kernel = kernel
    }

    var count: Int { heap.count }
    var pending: [Timer] { Array(heap) }
    /// When the next timer may be due.
    @inline(__always) var next: Instant? { heap.first?.sorted }

    /// A timer that outlives its reactor is no longer pending.
    deinit { removeAll() }

    func now() -> Instant { kernel.now() }

    func add(
        _ deadline: Instant, period: Int64, _ file: StaticString, _ line: UInt,
        _ action: @escaping () -> Void
    ) -> Timer {
        let timer = Timer(deadline, period: period, self, file, line, action)
        insert(timer)
        return timer
    }

    fileprivate func move(_ timer: Timer, to deadline: Instant) {
        timer.deadline = deadline
        if !timer.isPending {
            timer.sorted = deadline
            insert(timer)
        } else if deadline < timer.sorted {
            timer.sorted = deadline
            siftUp(timer.place)
        }
    }

    fileprivate func remove(_ timer: Timer) {
        let place = timer.place
        timer.place = -1
        let last = heap.removeLast()
        guard last !== timer else { return }
        set(last, at: place)
        siftUp(place)
        siftDown(last.place)
    }

    func removeAll() {
        for timer in heap { timer.place = -1 }
        heap = []
    }

    /// Takes the next timer that is due at `now` off the heap; a repeating one is set again.
    func popDue(at now: Instant, madeBefore limit: UInt64) -> Timer? {
        while let first = heap.first, first.sorted <= now {
            if first.deadline > first.sorted {
                first.sorted = first.deadline
                siftDown(0)
                continue
            }
            // What timers of this turn made waits for the next, so that a turn always ends.
            if first.sequence >= limit { return nil }
            remove(first)
            if first.period > 0 { repeatTimer(first, now) }
            return first
        }
        return nil
    }

    /// A mark: timers made later than this have at least this sequence number.
    var mark: UInt64 { sequence }

    static func run(_ timer: Timer) { timer.action() }

    /// The next slot of the fixed grid; those that were missed are skipped.
    private func repeatTimer(_ timer: Timer, _ now: Instant) {
        let late = now.nanoseconds - timer.deadline.nanoseconds
        let slots = late / timer.period + 1
        let (advance, overflow) = slots.multipliedReportingOverflow(by: timer.period)
        timer.deadline = overflow ? .distantFuture : timer.deadline + .nanoseconds(advance)
        timer.sorted = timer.deadline
        insert(timer)
    }

    private func insert(_ timer: Timer) {
        timer.sequence = sequence
        sequence += 1
        heap.append(timer)
        timer.place = heap.count - 1
        siftUp(timer.place)
    }

    @inline(__always)
    private func set(_ timer: Timer, at place: Int) {
        heap[place] = timer
        timer.place = place
    }

    @inline(__always)
    private func isBefore(_ left: Timer, _ right: Timer) -> Bool {
        left.sorted == right.sorted ? left.sequence < right.sequence : left.sorted < right.sorted
    }

    private func siftUp(_ start: Int) {
        let timer = heap[start]
        var place = start
        while place > 0 {
            let parent = (place - 1) / 4
            if !isBefore(timer, heap[parent]) { break }
            set(heap[parent], at: place)
            place = parent
        }
        set(timer, at: place)
    }

    private func siftDown(_ start: Int) {
        let timer = heap[start]
        var place = start
        while true {
            let first = place * 4 + 1
            if first >= heap.count { break }
            var least = first
            for child in first..<min(first + 4, heap.count)
            where isBefore(heap[child], heap[least]) { least = child }
            if !isBefore(heap[least], timer) { break }
            set(heap[least], at: place)
            place = least
        }
        set(timer, at: place)
    }
}

// A kernel in memory, for the real reactor: sockets, names, a descriptor table, a clock that
// stands still while anything can happen and jumps when all wait, and faults from a seed. A test
// of a thirty second timeout takes microseconds, and a run of a seed is the same run each time.
//
//     let kernel = SimulatedKernel()
//     let reactor = try kernel.makeReactor()
//
// It keeps a trace of every call, and notes what no engine may do (`violations`): use or close
// a descriptor that is not open, close one that is watched, ignore what it asked to be told of.
// It must never know who is calling: no part of the engine is treated otherwise than another.
// Everything is confined to the thread of its reactor. Calls are in the files beside this one.
import FairleadEngine
import FairleadWire
import Glibc

/// A simulated kernel, deterministic to the last call.
public final class SimulatedKernel: Kernel {
    /// The time; it moves by itself when a reactor waits.
    public let clock: VirtualClock
    /// Which faults strike, and until when.
    public var plan: FaultPlan
    /// How long each call takes.
    public var callCost: Duration = .zero
    /// Calls after which a wait fails with `ELOOP`: no run is endless.
    public var callLimit = 10_000_000
    /// The size of each direction's buffer of new connections, in bytes.
    public var pipeCapacity = 64 * 1024
    /// Descriptors that may be open at a time; beyond that is `EMFILE`.
    public var descriptorLimit = 1024
    /// Addresses that swallow every attempt to connect without an answer.
    public var blackHoles: Set<SocketAddress> = []
    /// Nodes that are there for whoever looks, and gone when they are opened.
    public var vanishing: Set<String> = []
    /// What was asked and answered.
    public internal(set) var trace: Trace
    /// What the engine did that it must never do; empty in a good run.
    public internal(set) var violations: [String] = []
    /// The last instant at which a fault struck, if any did.
    public private(set) var lastFault: Instant?

    /// How far the time of day is from the monotonic clock: a test sets it as people set clocks.
    public var wallClockOffset: Int64 = 0

    var agenda = Agenda()
    var names = SimulatedNames()
    /// What is plugged in, by the path of its node.
    var lines: [String: SimulatedUART] = [:]
    /// The descriptor table; the first three numbers are taken, as in life.
    private var table: [SimulatedFile?] = []
    private static let firstNumber = 3
    private var pollers: [SimulatedPoller] = []
    /// What is left of storms of EAGAIN, by descriptor.
    private var storms: [Int32: Int] = [:]

    public init(
        _ plan: FaultPlan = .healthy, clock: VirtualClock = VirtualClock(),
        trace: Trace = Trace()
    ) {
        self.plan = plan
        self.clock = clock
        self.trace = trace
    }

    /// A reactor on this kernel, with jitter from the plan's seed and its log switched off.
    public func makeReactor(limits: Limits = Limits()) throws(SystemError) -> Reactor {
        let reactor = Reactor(
            poller: try makePoller(.automatic), kernel: self, limits: limits)
        reactor.random = SeededGenerator(seed: plan.generator.next())
        reactor.resolver = SimulatedResolver()
        reactor.log = { _, _ in }
        return reactor
    }

    // MARK: Time

    public func now() -> Instant { clock.now }
    public func coarseNow() -> Instant { clock.coarseNow }
    public func wallClock() -> Int64 { clock.now.nanoseconds &+ wallClockOffset }

    /// Makes something happen in the simulated world, `delay` from now.
    public func after(_ delay: Duration, _ action: @escaping () -> Void) {
        if delay <= .zero { return action() }
        agenda.add(at: clock.now + delay, action)
    }

    /// Makes everything happen that is due.
    func runAgenda() {
        while let action = agenda.popDue(at: clock.now) { action() }
    }

    public func makePoller(_ backend: Backend) throws(SystemError) -> any Poller {
        let poller = SimulatedPoller(self)
        pollers.append(poller)
        return poller
    }

    func forget(_ poller: SimulatedPoller) { pollers.removeAll { $0 === poller } }

    // MARK: Descriptors

    /// Descriptors that are open.
    public var openDescriptors: Int { table.count { $0 != nil } }

    /// The numbers of the open descriptors, in order.
    public var openNumbers: [Int32] {
        table.indices.filter { table[$0] != nil }.map { Int32($0 + Self.firstNumber) }
    }

    /// Gives a file the lowest free number.
    func install(_ file: SimulatedFile) -> SystemResult {
        let index = table.firstIndex { $0 == nil } ?? table.count
        guard index + Self.firstNumber < descriptorLimit else { return .failure(EMFILE) }
        file.references += 1
        if index == table.count { table.append(file) } else { table[index] = file }
        return SystemResult(index + Self.firstNumber)
    }

    /// Whether one more descriptor can be opened.
    var hasFreeNumber: Bool {
        (table.firstIndex { $0 == nil } ?? table.count) + Self.firstNumber < descriptorLimit
    }

    func file(_ descriptor: Int32) -> SimulatedFile? {
        let index = Int(descriptor) - Self.firstNumber
        return table.indices.contains(index) ? table[index] : nil
    }

    public func close(_ descriptor: Int32) {
        guard let file = entered(.close, descriptor) else { return }
        for poller in pollers where poller.isWatching(descriptor) {
            violate("descriptor \(descriptor) was closed while it was watched")
            poller.forget(descriptor)
        }
        table[Int(descriptor) - Self.firstNumber] = nil
        storms[descriptor] = nil
        release([file])
        record(.close, descriptor, 0, .success)
    }

    /// Gives references up; the last one closes.
    func release(_ files: [SimulatedFile]) {
        for file in files {
            file.references -= 1
            if file.references == 0 { file.closed() }
        }
    }

    // MARK: What a test does to the world

    /// Two connected descriptors, as of socketpair(2).
    public func link() throws(SystemError) -> (Int32, Int32) {
        let first = SimulatedStream(self, .unix)
        let second = SimulatedStream(self, .unix)
        first.connect(with: second)
        let numbers = [install(first), install(second)]
        if let failure = numbers.first(where: { !$0.isSuccess }) {
            for number in numbers where number.isSuccess {
                close(Int32(truncatingIfNeeded: number.rawValue))
            }
            throw SystemError(failure.code, "socketpair")
        }
        return (
            Int32(truncatingIfNeeded: numbers[0].rawValue),
            Int32(truncatingIfNeeded: numbers[1].rawValue)
        )
    }

    /// Breaks what is behind a descriptor: a connection is reset at both ends.
    public func breakDown(_ descriptor: Int32) { file(descriptor)?.breakDown() }

    /// Makes a file, for what happens when one is in the way of a socket.
    public func addFile(_ path: String, _ kind: FileStatus.Kind) { names.addFile(path, kind) }

    // MARK: Calls and faults

    /// The beginning of a call: it takes its time, and the descriptor should be open.
    func entered(_ call: Trace.Call, _ descriptor: Int32) -> SimulatedFile? {
        if callCost > .zero { clock.advance(by: callCost) }
        guard let file = file(descriptor) else {
            if descriptor >= 0 { violate("\(call) of descriptor \(descriptor), which is closed") }
            return nil
        }
        for poller in pollers { poller.noticed(descriptor) }
        return file
    }

    @discardableResult
    func record(_ call: Trace.Call, _ descriptor: Int32, _ argument: Int, _ result: SystemResult)
        -> SystemResult
    {
        trace.record(
            Trace.Entry(
                time: clock.now, call: call, descriptor: descriptor, argument: argument,
                result: result.rawValue))
        return result
    }

    func violate(_ text: String) {
        if violations.count < 100 { violations.append("\(clock.now): \(text)") }
    }

    /// Whether a fault of this rate strikes now.
    func strikes(_ rate: Double) -> Bool {
        guard plan.strikes(rate, at: clock.now) else { return false }
        lastFault = clock.now
        return true
    }

    /// The fault that a call on a descriptor meets before it does anything, if any.
    func fault(on descriptor: Int32) -> SystemResult? {
        if strikes(plan.rates.interrupt) { return .failure(EINTR) }
        if let left = storms[descriptor], clock.now < plan.until {
            storms[descriptor] = left > 1 ? left - 1 : nil
            return .failure(EAGAIN)
        }
        guard strikes(plan.rates.again) else { return nil }
        if plan.generator.chance(0.5) { storms[descriptor] = plan.generator.pick(1...20) }
        return .failure(EAGAIN)
    }

    /// How much of `size` bytes a call moves at most.
    func portion(of size: Int, _ rate: Double) -> Int {
        guard size > 1, strikes(rate) else { return size }
        return plan.generator.chance(0.5) ? 1 : plan.generator.pick(1...size)
    }
}

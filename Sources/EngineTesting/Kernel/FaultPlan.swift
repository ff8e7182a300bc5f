import FairleadWire

/// How often each fault of a simulated kernel strikes: probabilities from 0 to 1 a call.
public struct FaultRates: Hashable, Sendable {
    /// `EINTR` from any call that may wait.
    public var interrupt = 0.0
    /// `EAGAIN` although the call could go on; half of them begin a storm of several.
    public var again = 0.0
    /// Reads that give fewer bytes than there are, often one.
    public var shortRead = 0.0
    /// Writes that take fewer bytes than there is room for, often one.
    public var shortWrite = 0.0
    /// Readiness that is reported although there is none.
    public var spurious = 0.0
    /// Waits that report only some of what is ready.
    public var partialReport = 0.0
    /// Hang-ups that are reported alone, without "readable".
    public var bareHangUp = 0.0
    /// `ENOBUFS` when a datagram is sent.
    public var noBuffers = 0.0
    /// Datagrams that get lost.
    public var loss = 0.0
    /// `EMFILE` from `accept` and `socket`.
    public var noDescriptors = 0.0
    /// `ECONNABORTED` from `accept`, which takes the waiting connection away.
    public var abortedAccept = 0.0
    /// Connections that the network resets, a write.
    public var reset = 0.0
    /// Attempts to connect that fail late: timed out, refused, no route.
    public var lateFailure = 0.0
    /// Connections that are reset as soon as they stand.
    public var stillborn = 0.0
    /// `ENOSPC` when a descriptor is to be watched.
    public var noWatch = 0.0
    /// Waits from which the process wakes up to two seconds late, as after SIGSTOP.
    public var clockJump = 0.0
    /// The longest that bytes, ends and connections travel; each takes a random part of it.
    public var latency: Duration = .zero

    public init() {}

    /// No fault at all.
    public static let none = FaultRates()

    /// A random mixture: many rates are zero, some are high, so that seeds differ in kind.
    public static func mixture(_ generator: inout SeededGenerator) -> FaultRates {
        var rates = FaultRates()
        func rate(_ most: Double, _ generator: inout SeededGenerator) -> Double {
            if generator.chance(0.4) { return 0 }
            return most * Double(generator.pick(1...100)) / 100
        }
        rates.interrupt = rate(0.3, &generator)
        rates.again = rate(0.3, &generator)
        rates.shortRead = rate(0.8, &generator)
        rates.shortWrite = rate(0.8, &generator)
        rates.spurious = rate(0.2, &generator)
        rates.partialReport = rate(0.5, &generator)
        rates.bareHangUp = rate(1, &generator)
        rates.noBuffers = rate(0.3, &generator)
        rates.loss = rate(0.2, &generator)
        rates.noDescriptors = rate(0.2, &generator)
        rates.abortedAccept = rate(0.1, &generator)
        rates.reset = rate(0.01, &generator)
        rates.lateFailure = rate(0.3, &generator)
        rates.stillborn = rate(0.1, &generator)
        rates.noWatch = rate(0.02, &generator)
        rates.clockJump = rate(0.05, &generator)
        rates.latency = .microseconds(generator.pick([0, 50, 2000, 100_000]) ?? 0)
        return rates
    }
}

/// When a simulated kernel fails: a seed, rates, and the end of all faults.
public struct FaultPlan: Sendable {
    public var rates: FaultRates
    /// From this instant on the world is healthy; latency remains.
    public var until: Instant
    /// Where all chance of the kernel comes from.
    public var generator: SeededGenerator

    public init(seed: UInt64, _ rates: FaultRates, until: Instant = .distantFuture) {
        self.rates = rates
        self.until = until
        generator = SeededGenerator(seed: seed)
    }

    /// A world without faults.
    public static let healthy = FaultPlan(seed: 0, .none)

    /// Whether a fault of this rate strikes now.
    mutating func strikes(_ rate: Double, at now: Instant) -> Bool {
        rate > 0 && now < until && generator.chance(rate)
    }

    /// How long something travels.
    mutating func travelTime() -> Duration { generator.time(below: rates.latency) }
}

// The contract between the reactor and an event mechanism, and its laws. A poller knows numbers:
// descriptors, interests, tokens, deadlines. It must never know what a descriptor carries.
// Six verbs, because nothing in the field needs more. The laws are tested on every back end
// (EngineTesting's poller checker, which outsiders can run on their own):
//
//  1. Level-triggered: what is ready and wanted is reported again at each wait until consumed.
//  2. An event carries the token of its registration; none comes after `remove`, nor for a former
//     owner of a reused descriptor number.
//  3. Hang-up and error are reported whatever was asked for, and wake both directions.
//  4. `wait` never returns early without an event or a wake-up.
//  5. `wake` from any thread ends the current or else the next wait; many wakes end it once.
//  6. EINTR is invisible.
//  7. A descriptor that the mechanism refuses is a typed error at `add`, or works by other means;
//     one that is closed (EBADF) or watched already (EEXIST) is always a typed error.
//  8. Nothing of a descriptor is held after `remove`: closing it then takes effect at once.
import FairleadWire

/// What a descriptor is watched for.
@frozen
public struct Interest: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let readable = Interest(rawValue: 1)
    public static let writable = Interest(rawValue: 2)
}

/// What has happened to a descriptor.
@frozen
public struct Readiness: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let readable = Readiness(rawValue: 1)
    public static let writable = Readiness(rawValue: 2)
    /// The other side is gone for both directions.
    public static let hangUp = Readiness(rawValue: 4)
    public static let error = Readiness(rawValue: 8)
}

/// The name of one registration: a slot and the generation of its use.
@frozen
public struct Token: Hashable, Sendable {
    /// Slot in the lower 32 bits, generation in the upper.
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

    @inlinable
    public init(slot: UInt32, generation: UInt32) {
        rawValue = UInt64(generation) << 32 | UInt64(slot)
    }

    @inlinable public var slot: UInt32 { UInt32(truncatingIfNeeded: rawValue) }
    @inlinable public var generation: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }

    /// The token of nothing.
    public static let none = Token(rawValue: 0)
}

/// One report of a poller.
@frozen
public struct ReadyEvent: Hashable, Sendable {
    public var token: Token
    public var readiness: Readiness

    @inlinable
    public init(_ token: Token, _ readiness: Readiness) {
        self.token = token
        self.readiness = readiness
    }
}

/// Ends a poller's wait from any thread.
public protocol Waker: Sendable {
    /// Ends the current wait, or else the next; further calls before that cost nothing.
    func wake()
}

/// An event mechanism: watches descriptors and waits.
public protocol Poller: AnyObject {
    /// The mechanism's name, as `FAIRLEAD_POLLER` takes it.
    var name: String { get }
    /// A descriptor that becomes readable when `wait` would report something, or nil.
    var descriptor: Int32? { get }
    /// The door by which other threads end a wait.
    var waker: any Waker { get }

    /// Watches `descriptor` for `interest`, which is not empty.
    func add(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError)
    /// Replaces the interest of a watched descriptor; `interest` is not empty.
    func modify(_ descriptor: Int32, _ interest: Interest, _ token: Token) throws(SystemError)
    /// Stops watching; the descriptor is still open at this time.
    func remove(_ descriptor: Int32, _ token: Token)
    /// Appends what is ready to `events`, after at most waiting until `deadline` (nil: no limit).
    func wait(until deadline: Instant?, into events: inout [ReadyEvent]) throws(SystemError)
    /// Makes `descriptor` tell the truth while a foreign loop waits on it, until the next call.
    ///
    /// For mechanisms that put changes off until `wait`; the others have nothing to do.
    func prepareForForeignWait() throws(SystemError)
    /// Gives the mechanism's own descriptors back; no verb is called afterwards.
    func close()
}

extension Poller {
    public func prepareForForeignWait() throws(SystemError) {}
}

// Sentences to fixes. An epoch begins with a sentence that has another time than the one before,
// or that repeats one which the epoch already has (but not with a second copy right behind the
// first); what has no time belongs to the epoch that is going on, unless it comes behind a pause:
// then it is the first of the next. The fix goes out with the sentence that the learner expects to
// be the last. If more comes behind it, the fix goes out again, amended, so that nothing is lost
// while the cycle is learned. It knows no clock: the caller says when a sentence came, and all
// else is the receiver's own time. It must never know what carried the sentences. What follows
// from a sentence is noted first and told afterwards, so that who hears it may feed another one.

/// Assembles the sentences of each epoch to one `Fix`, and the satellites to one `Sky`.
public final class FixAssembler {
    /// Called with what follows from a sentence, in the order in which it is to be told.
    public typealias Delivery = (PositioningEvent) throws -> Void

    /// The name that is written into everything that comes out.
    public let device: String

    private var assembly: Assembly

    public init(device: String = "") {
        self.device = device
        assembly = Assembly(device: device)
    }

    /// The earliest day that is possible, as far as anything is known of it: the day on which the
    /// program was built, the newest one in the records. A hint of a week number's rollover.
    public var earliest: NMEADate? {
        get { assembly.earliest }
        set { assembly.earliest = newValue }
    }

    /// Takes a sentence, and the system time at which it came where that is known.
    ///
    /// It may complete nothing, the epoch that it belongs to, and the one before.
    @inline(__always)
    public func take(
        _ sentence: Sentence, from talker: Talker, at received: UTCTime? = nil,
        _ deliver: Delivery
    ) rethrows {
        if note(sentence, talker, received) { try tell(deliver) }
    }

    /// Sends out the epoch that is going on: the stream has ended, or is silent for a while.
    ///
    /// What comes later of the same epoch amends it.
    public func flush(_ deliver: Delivery) rethrows {
        if assembly.flush() { try tell(deliver) }
    }

    /// Forgets the epoch, the cycle and the satellites: another receiver speaks.
    public func reset() {
        let earliest = earliest
        assembly = Assembly(device: device)
        self.earliest = earliest
    }

    /// Whether there is something to tell.
    @inline(never)
    private func note(_ sentence: Sentence, _ talker: Talker, _ received: UTCTime?) -> Bool {
        assembly.take(sentence, Assembly.Arrival(talker: talker, received: received))
    }

    @inline(never)
    private func tell(_ deliver: Delivery) rethrows {
        // Most sentences make one event at most, which is moved out, not copied.
        guard let last = assembly.events.popLast() else { return }
        if assembly.events.isEmpty { return try deliver(last) }
        // Out of the property while they are told: whoever hears them may make new ones.
        var told: [PositioningEvent] = []
        swap(&told, &assembly.events)
        defer { keep(&told) }
        for event in told { try deliver(event) }
        try deliver(last)
    }

    /// Keeps the memory of what has been told.
    private func keep(_ told: inout [PositioningEvent]) {
        guard assembly.events.isEmpty else { return }
        told.removeAll(keepingCapacity: true)
        swap(&told, &assembly.events)
    }
}

// A receiver sends the sentences of an epoch in an order of its own and says nowhere which one is
// the last. Each sentence has a counter here, as branch predictors have them: it grows when the
// sentence was the last of its epoch and sinks when another followed. So the order is known after
// one cycle, a sentence that noise swallowed does not unlearn it, a new order is learned in two
// cycles, and cycles of different length each have their own last sentence. Being the last counts
// twice as much as being followed: to tell an epoch too early costs a second telling, to tell it
// too late costs a cycle.

/// Learns which sentence ends a receiver's cycle.
struct CycleLearner {
    /// A kind of sentence at its place: talker, kind, and which one of several in an epoch.
    private struct Entry {
        var kind: SentenceKind
        var talker: Talker
        var ordinal: Int
        var counter: Int8
    }

    /// A place in the list.
    typealias Place = Int

    /// All further sentences share a place, of which nothing is learned.
    static let capacity = 63
    /// So many new ones fit into every epoch.
    private static let reserve = 16
    private static let minimum: Int8 = -2
    private static let threshold: Int8 = 2
    private static let maximum: Int8 = 3

    private var entries: [Entry] = []

    init() { entries.reserveCapacity(Self.capacity) }

    /// The place of a sentence, 0 to `capacity`; it holds until `makeRoom`.
    mutating func place(_ kind: SentenceKind, _ talker: Talker, _ ordinal: Int) -> Place {
        for index in entries.indices
        where entries[index].kind == kind && entries[index].talker == talker
            && entries[index].ordinal == ordinal
        {
            return index
        }
        guard entries.count < Self.capacity else { return Self.capacity }
        entries.append(Entry(kind: kind, talker: talker, ordinal: ordinal, counter: 0))
        return entries.count - 1
    }

    /// An epoch begins: with too many kinds all is learned anew.
    mutating func makeRoom() {
        if entries.count > Self.capacity - Self.reserve { entries.removeAll(keepingCapacity: true) }
    }

    /// Whether a sentence is expected to be the last one of its epoch.
    func isLast(_ place: Place) -> Bool {
        entries.indices.contains(place) && entries[place].counter >= Self.threshold
    }

    /// Another sentence of the same epoch followed.
    mutating func wasFollowed(_ place: Place) {
        guard entries.indices.contains(place) else { return }
        entries[place].counter = max(Self.minimum, entries[place].counter - 1)
    }

    /// The next epoch followed.
    mutating func wasLast(_ place: Place) {
        guard entries.indices.contains(place) else { return }
        entries[place].counter = min(Self.maximum, entries[place].counter + 2)
    }
}

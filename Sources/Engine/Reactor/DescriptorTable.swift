import FairleadWire

/// The registrations of one reactor: a slot each, with a generation that tells its users apart.
struct DescriptorTable {
    struct Slot {
        var observer: (any DescriptorObserver)?
        var generation: UInt32 = 1
        var descriptor: Int32 = -1
        var interest: Interest = []
    }

    private(set) var slots: ContiguousArray<Slot> = []
    private var free: ContiguousArray<UInt32> = []
    private(set) var count = 0

    /// Takes a slot for the observer.
    mutating func insert(_ observer: any DescriptorObserver, _ descriptor: Int32) -> Token {
        count += 1
        let slot: UInt32
        if let reused = free.popLast() {
            slot = reused
        } else {
            slot = UInt32(truncatingIfNeeded: slots.count)
            slots.append(Slot())
        }
        slots[Int(slot)].observer = observer
        slots[Int(slot)].descriptor = descriptor
        slots[Int(slot)].interest = []
        return Token(slot: slot, generation: slots[Int(slot)].generation)
    }

    /// The slot's index, when the token is of its present use.
    @inline(__always)
    func index(of token: Token) -> Int? {
        let index = Int(token.slot)
        guard index < slots.count, slots[index].generation == token.generation else { return nil }
        return index
    }

    /// The observer, unless the token is of a former use of the slot.
    @inline(__always)
    func observer(of token: Token) -> (any DescriptorObserver)? {
        guard let index = index(of: token) else { return nil }
        return slots[index].observer
    }

    mutating func setInterest(_ interest: Interest, at index: Int) {
        slots[index].interest = interest
    }

    /// Frees the slot; its generation moves on, so that no old token names it again.
    mutating func remove(at index: Int) {
        count -= 1
        slots[index].observer = nil
        slots[index].descriptor = -1
        slots[index].generation &+= 1
        if slots[index].generation == .max { slots[index].generation = 1 }
        free.append(UInt32(truncatingIfNeeded: index))
    }

    /// Every observer, once.
    var observers: [any DescriptorObserver] {
        var seen = Set<ObjectIdentifier>()
        return slots.compactMap(\.observer).filter { seen.insert(ObjectIdentifier($0)).inserted }
    }
}

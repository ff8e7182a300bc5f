import CSystem

/// The reactor that the calling thread turns at this moment.
///
/// It stands in a place of the thread's own, so that what runs there finds it without a hop and
/// no other thread ever sees it.
enum CurrentReactor {
    static var value: Reactor? {
        guard let pointer = unsafe fl_current() else { return nil }
        return unsafe Unmanaged<Reactor>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Notes the reactor, which outlives its turn, and gives the one that was turned before.
    static func exchange(_ reactor: Reactor?) -> Reactor? {
        let before = value
        unsafe fl_set_current(reactor.map { unsafe Unmanaged.passUnretained($0).toOpaque() })
        return before
    }
}

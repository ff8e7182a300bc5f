/// A reference to an object of a reactor's thread, which any thread may carry and only that
/// thread can open.
///
/// It does not keep the object alive, so that the last release never happens elsewhere. Unchecked
/// because the compiler cannot know that `isOnReactorThread` guards the only way in.
final class Confined<Object: AnyObject>: @unchecked Sendable {
    private weak let stored: Object?
    private let mailbox: Mailbox

    init(_ object: Object, to mailbox: Mailbox) {
        stored = object
        self.mailbox = mailbox
    }

    /// The object; nil on every other thread, and when it is gone.
    var object: Object? { mailbox.isOnReactorThread ? stored : nil }
}

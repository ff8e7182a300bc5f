/// An actor that lives on a reactor's thread: what it keeps may be confined there.
///
///     actor Keeper: ReactorActor {
///         nonisolated let mailbox: Mailbox
///         var port: (any ListeningPort)?
///         func open() throws { port = try reactor?.listen("tcp:8000") { _ in Echo() } }
///     }
///
/// On the reactor's thread `assumeIsolated` enters it at once; from elsewhere it is awaited.
public protocol ReactorActor: Actor {
    /// The door of its reactor.
    nonisolated var mailbox: Mailbox { get }
}

extension ReactorActor {
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe mailbox.asUnownedSerialExecutor()
    }

    /// The reactor; nil when it has stopped for good.
    public var reactor: Reactor? { mailbox.reactorHere }
}

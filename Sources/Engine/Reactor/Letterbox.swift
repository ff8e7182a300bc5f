/// A way from any thread to a call that stays on the reactor's thread.
///
/// A closure that touches confined objects cannot travel. It stays where it is; its address
/// travels, and what is sent to it comes in a letter. Sending to one that was withdrawn, or whose
/// reactor is gone, does nothing.
public struct Letterbox<Content: Sendable>: Sendable {
    private let mailbox: Mailbox
    private let number: UInt64

    init(_ mailbox: Mailbox, _ number: UInt64) {
        self.mailbox = mailbox
        self.number = number
    }

    /// Sends; the call is made on the reactor's thread, in the order in which was sent.
    public func send(_ content: Content) {
        mailbox.post { [number] in $0.tickets.deliver(content, to: number) }
    }

    /// Takes the call away; may be sent from anywhere.
    public func withdraw() {
        mailbox.post { [number] in $0.tickets.withdraw(number) }
    }
}

extension Reactor {
    /// Makes a letterbox; `call` is made with each thing that is sent to it, until `withdraw`.
    public func letterbox<Content: Sendable>(
        for type: Content.Type = Content.self, _ call: @escaping (Content) -> Void
    ) -> Letterbox<Content> {
        let number = tickets.keep { content in
            if let content = content as? Content { call(content) }
        }
        return Letterbox(mailbox, number)
    }
}

import FairleadWire

/// From the bytes of a receiver to positions: a parser and an assembler in one.
public final class PositioningReader {
    public let parser: NMEAParser
    public let assembler: FixAssembler

    /// Called with each sentence before what follows from it: bytes and talker are in the view.
    public typealias SentenceDelivery = (SentenceView, Span<UInt8>, Sentence) throws -> Void

    /// A reader; `device` is the name that is written into everything that comes out.
    public init(device: String = "", parser: NMEAParser = NMEAParser()) {
        self.parser = parser
        assembler = FixAssembler(device: device)
    }

    /// Takes a chunk that came at a system time, and calls `deliver` with what follows from it.
    public func feed(
        _ bytes: Span<UInt8>, at received: UTCTime? = nil, _ deliver: FixAssembler.Delivery
    ) rethrows {
        try parser.decode(bytes) { view, _, content in
            try assembler.take(content, from: view.talker, at: received, deliver)
        }
    }

    /// As the other, and calls `sentence` with each sentence first.
    public func feed(
        _ bytes: Span<UInt8>, at received: UTCTime? = nil, sentence: SentenceDelivery,
        _ deliver: FixAssembler.Delivery
    ) rethrows {
        try parser.decode(bytes) { view, own, content in
            try sentence(view, own, content)
            try assembler.take(content, from: view.talker, at: received, deliver)
        }
    }

    /// The stream has ended, or is silent: what is known of the epoch goes out.
    public func flush(_ deliver: FixAssembler.Delivery) rethrows {
        try assembler.flush(deliver)
    }

    /// Another receiver speaks; counts stay.
    public func reset() {
        parser.reset()
        assembler.reset()
    }
}

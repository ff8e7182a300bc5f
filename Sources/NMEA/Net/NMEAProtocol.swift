// The room's door on the engine: bytes of any stream to a receiver's events. When the stream is
// silent for a moment, what is known of the epoch goes out: so the first fix of a receiver does
// not wait for the next epoch, nor does one whose last sentence got lost. Writing to the device
// is the owner's business; this never does.

import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// Feeds a receiver of positions from any transport: serial, TCP, UDP, a file.
public final class NMEAProtocol: StreamProtocol {
    /// Parser and assembler, with their counts.
    public let reader: PositioningReader
    /// Called with each sentence, before what follows from it.
    public var sentenceReceived: PositioningReader.SentenceDelivery?
    /// Called once with the reason, after the last event.
    public var ended: ((Disconnect) -> Void)?
    /// After how much silence an epoch counts as complete.
    public let silence: Duration

    private let receiver: any PositioningReceiver
    private var timer: Timer?

    /// A protocol for one stream; `device` is the name that its events bear.
    public init(
        device: String = "", silence: Duration = .milliseconds(250),
        to receiver: any PositioningReceiver
    ) {
        reader = PositioningReader(device: device)
        self.silence = silence
        self.receiver = receiver
    }

    public func connectionMade(on transport: any Transport) {
        timer = transport.reactor.after(silence) { [self] in flush() }
    }

    public func received(_ bytes: Span<UInt8>, on transport: any Transport) throws {
        let now = UTCTime(nanosecondsSince1970: transport.reactor.kernel.wallClock())
        if let sentenceReceived {
            try reader.feed(bytes, at: now, sentence: sentenceReceived) { receiver.received($0) }
        } else {
            reader.feed(bytes, at: now) { receiver.received($0) }
        }
        timer?.reset(after: silence)
    }

    public func connectionLost(_ reason: Disconnect, on transport: any Transport) {
        timer?.cancel()
        timer = nil
        flush()
        ended?(reason)
    }

    private func flush() {
        reader.flush { receiver.received($0) }
    }
}

import FairleadEngine
import FairleadNMEAWire
import FairleadWire

extension AsyncConnection {
    /// What the receiver at the other end says; ends with the connection, and throws as it does.
    ///
    /// Whoever does not ask for events makes the receiver's stream wait.
    public func positioningEvents(device: String = "") -> PositioningSequence {
        PositioningSequence(connection: self, device: device)
    }
}

/// The events of a receiver, read from a connection.
public struct PositioningSequence: AsyncSequence, Sendable {
    public typealias Element = PositioningEvent

    let connection: AsyncConnection
    let device: String

    public func makeAsyncIterator() -> Iterator {
        Iterator(connection: connection, reader: PositioningReader(device: device))
    }

    /// One event after another; what a chunk of bytes makes of them is kept until it is asked for.
    public struct Iterator: AsyncIteratorProtocol {
        let connection: AsyncConnection
        let reader: PositioningReader
        private var waiting: [PositioningEvent] = []
        private var next = 0
        private var hasEnded = false

        init(connection: AsyncConnection, reader: PositioningReader) {
            self.connection = connection
            self.reader = reader
        }

        public mutating func next() async throws -> PositioningEvent? {
            try await next(isolation: #isolation)
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws -> PositioningEvent? {
            while next == waiting.count {
                if hasEnded { return nil }
                waiting.removeAll(keepingCapacity: true)
                next = 0
                // At most what one turn of the parser can make many events of.
                take(try await connection.read(upTo: 4096))
            }
            defer { next += 1 }
            return waiting[next]
        }

        private mutating func take(_ bytes: [UInt8]?) {
            guard let bytes else {
                hasEnded = true
                return reader.flush { waiting.append($0) }
            }
            reader.feed(bytes.span, at: UTCTime.now) { waiting.append($0) }
        }
    }
}

// What the two sides of one request share when its handler is a task: the task anywhere on one
// side, the exchange on the reactor's thread on the other. What comes in waits here under a short
// lock, within a limit; what goes out travels as orders by a letterbox, and a writer waits until
// its bytes have room. It must never touch the exchange, nor call anything while it holds the lock.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Synchronization

/// The client of a request has gone before it was answered.
public struct RequestAbandoned: Error, Hashable, Sendable {
    public init() {}
}

/// What the task and the reactor's side of one request share.
final class AsyncExchange: Sendable {
    /// What the task wants done on the reactor's thread.
    enum Order: Sendable {
        /// Give me the body, or more of it.
        case read(limit: Int?)
        case begin(HTTPResponse, length: Int?)
        case write([UInt8], CheckedContinuation<Void, any Error>)
        case finish(HTTPFields?)
        case respond(HTTPResponse, [UInt8])
        case refuse(Int, String)
        case abort
    }

    private struct State {
        var chunks: [[UInt8]] = []
        var bytes = 0
        var ending: BodyEnd?
        var reader: CheckedContinuation<[UInt8]?, any Error>?
    }

    /// Bytes of a body that wait for the task; then the peer is held back.
    static let limit = 64 * 1024

    private let state = Mutex(State())
    private let orders: Letterbox<Order>

    init(_ orders: Letterbox<Order>) { self.orders = orders }

    func send(_ order: Order) { orders.send(order) }

    // MARK: The reactor's side

    /// A piece of the body has come; tells whether to hold the rest back.
    func received(_ bytes: [UInt8]) -> Bool {
        let (reader, isFull) = state.withLock { state in
            if let reader = state.reader {
                state.reader = nil
                return (Optional(reader), false)
            }
            state.chunks.append(bytes)
            state.bytes += bytes.count
            return (nil, state.bytes >= Self.limit)
        }
        reader?.resume(returning: bytes)
        return isFull
    }

    /// No more of the body comes.
    func ended(_ ending: BodyEnd) {
        let reader = state.withLock { state in
            if state.ending == nil { state.ending = ending }
            defer { state.reader = nil }
            return state.reader
        }
        guard let reader else { return }
        if let error = ending.error {
            reader.resume(throwing: error)
        } else {
            reader.resume(returning: nil)
        }
    }

    // MARK: The task's side

    /// The next piece of the body; nil when it is complete.
    nonisolated(nonsending) func next(limit: Int?) async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            let found: Result<[UInt8]?, any Error>? = state.withLock { state in
                if !state.chunks.isEmpty {
                    let chunk = state.chunks.removeFirst()
                    state.bytes -= chunk.count
                    return .success(chunk)
                }
                if let ending = state.ending {
                    return ending.error.map { .failure($0) } ?? .success(nil)
                }
                state.reader = continuation
                return nil
            }
            orders.send(.read(limit: limit))
            if let found { continuation.resume(with: found) }
        }
    }
}

extension BodyEnd {
    /// What a task gets to know; nil for the ordinary end.
    var error: (any Error)? {
        switch self {
        case .complete: nil
        case .tooLong: HTTPRefusal(413, "a body above the limit")
        case .broken(let fault): fault
        case .abandoned: RequestAbandoned()
        }
    }
}

/// Thrown by a handler: the request is answered with this status and a problem document.
public struct HTTPRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let status: Int
    public let detail: String

    public init(_ status: Int, _ detail: String = "") {
        self.status = status
        self.detail = detail
    }

    public var description: String { "\(status) \(detail)" }
}

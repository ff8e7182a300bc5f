// A client as tasks see it: a Sendable handle, whose requests travel to the reactor's thread by a
// letterbox and whose answers come back as they are there. A cancelled task cancels its request.
// It must never touch the client itself.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes
import Synchronization

/// A client's handle for tasks and actors anywhere.
public struct AsyncHTTPClient: Sendable {
    /// A request on its way, and who waits for it.
    final class Errand: Sendable {
        enum State {
            case waiting(CheckedContinuation<FetchedResponse, any Error>?)
            case over
        }

        let state = Mutex(State.waiting(nil))

        /// Gives the answer, unless one was given before.
        func give(_ result: Result<FetchedResponse, any Error>) {
            let waiting: CheckedContinuation<FetchedResponse, any Error>? = state.withLock {
                guard case .waiting(let continuation) = $0 else { return nil }
                $0 = .over
                return continuation
            }
            waiting?.resume(with: result)
        }
    }

    enum Order: Sendable {
        case fetch(HTTPURL, HTTPRequest.Method, HTTPFields, [UInt8]?, ClientTimeouts, Int, Errand)
        case cancel(Errand)
    }

    let orders: Letterbox<Order>

    /// Sends a request and gives the whole response.
    ///
    /// - Parameter limit: bytes of the body that are taken at most.
    /// - Throws: `HTTPClientError`; `CancellationError`, and the request is cancelled.
    nonisolated(nonsending) public func fetch(
        _ url: HTTPURL, method: HTTPRequest.Method = .get, fields: HTTPFields = [:],
        body: [UInt8]? = nil, timeouts: ClientTimeouts = ClientTimeouts(),
        upTo limit: Int = 16 * 1024 * 1024
    ) async throws -> FetchedResponse {
        try Task.checkCancellation()
        let errand = Errand()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = errand.state.withLock { state in
                    if case .over = state { return true }
                    state = .waiting(continuation)
                    return false
                }
                if isOver { return continuation.resume(throwing: CancellationError()) }
                orders.send(.fetch(url, method, fields, body, timeouts, limit, errand))
            }
        } onCancel: {
            errand.give(.failure(CancellationError()))
            errand.state.withLock { $0 = .over }
            orders.send(.cancel(errand))
        }
    }
}

extension HTTPClient {
    /// Makes a handle for tasks; it serves as long as this client does, until `close`.
    public func makeHandle() -> AsyncHTTPClient {
        var calls: [ObjectIdentifier: HTTPCall] = [:]
        let orders = reactor.letterbox(for: AsyncHTTPClient.Order.self) { [weak self] order in
            switch order {
            case .cancel(let errand): calls[ObjectIdentifier(errand)]?.cancel()
            case .fetch(let url, let method, let fields, let body, let times, let most, let errand):
                guard let self, !isClosed else {
                    return errand.give(.failure(HTTPClientError.cancelled))
                }
                var request = ClientRequest(
                    url, method: method, fields: fields, body: body.map { .bytes($0) } ?? .none)
                request.timeouts = times
                let key = ObjectIdentifier(errand)
                calls[key] = fetch(request, upTo: most) { result in
                    calls[key] = nil
                    errand.give(result.mapError { $0 as any Error })
                }
            }
        }
        return AsyncHTTPClient(orders: orders)
    }
}

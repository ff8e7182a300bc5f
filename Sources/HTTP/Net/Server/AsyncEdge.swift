import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// The reactor's side of a request whose handler is a task: carries its orders out.
final class AsyncEdge {
    private let exchange: HTTPExchange
    private var shared: AsyncExchange?
    private var orders: Letterbox<AsyncExchange.Order>?
    private var task: Task<Void, Never>?
    private var writers: [CheckedContinuation<Void, any Error>] = []
    private var isReading = false

    init(_ exchange: HTTPExchange) { self.exchange = exchange }

    /// Starts the task; the letterbox keeps this object until the request is answered or lost.
    func run(_ handle: @escaping AsyncHTTPHandler) {
        guard let reactor = exchange.reactor else { return }
        let orders = reactor.letterbox(for: AsyncExchange.Order.self) { self.carryOut($0) }
        let shared = AsyncExchange(orders)
        self.orders = orders
        self.shared = shared
        exchange.onAbandoned = { [self] in abandoned() }
        let request = AsyncRequest(
            head: exchange.head, parameters: exchange.parameters,
            peerAddress: exchange.peerAddress, body: RequestBody(exchange: shared))
        task = Self.start(on: reactor.mailbox, request, shared, handle)
    }

    private static func start(
        on mailbox: Mailbox, _ request: AsyncRequest, _ shared: AsyncExchange,
        _ handle: @escaping AsyncHTTPHandler
    ) -> Task<Void, Never> {
        Task(executorPreference: mailbox) { await answer(request, shared, handle) }
    }

    private static func answer(
        _ request: AsyncRequest, _ shared: AsyncExchange, _ handle: AsyncHTTPHandler
    ) async {
        var hasBegun = false
        do {
            let response = try await handle(request)
            switch response.body {
            case .bytes(let bytes): shared.send(.respond(response.head, bytes))
            case .stream(let length, let write):
                hasBegun = true
                shared.send(.begin(response.head, length: length))
                try await write(ResponseBodyWriter(exchange: shared))
                shared.send(.finish(nil))
            }
        } catch {
            shared.send(hasBegun ? .abort : refusal(error))
        }
    }

    private static func refusal(_ error: any Error) -> AsyncExchange.Order {
        switch error {
        case let refusal as HTTPRefusal: .refuse(refusal.status, refusal.detail)
        case let fault as HTTPFault: .refuse(fault.status, fault.message)
        case is RequestAbandoned, is CancellationError: .abort
        // What went wrong inside is nobody else's business.
        default: .refuse(500, "")
        }
    }

    // MARK: Orders

    private func carryOut(_ order: AsyncExchange.Order) {
        switch order {
        case .read(let limit): read(limit)
        case .begin(let response, let length): exchange.begin(response, length: length)
        case .write(let bytes, let writer): write(bytes, writer)
        case .finish(let trailers):
            exchange.finish(trailers: trailers)
            settle()
        case .respond(let response, let body):
            exchange.respond(response, body: body)
            settle()
        case .refuse(let status, let detail):
            exchange.refuse(status, detail)
            settle()
        case .abort:
            exchange.abort()
            settle()
        }
    }

    private func read(_ limit: Int?) {
        if isReading { return exchange.resumeBody() }
        isReading = true
        guard let shared else { return }
        exchange.readBody(upTo: limit) { [weak exchange] bytes in
            if shared.received([UInt8](copying: bytes)) { exchange?.pauseBody() }
        } onEnd: {
            shared.ended($0)
        }
    }

    private func write(_ bytes: [UInt8], _ writer: CheckedContinuation<Void, any Error>) {
        if exchange.isAbandoned { return writer.resume(throwing: RequestAbandoned()) }
        if exchange.write(bytes) { return writer.resume() }
        if exchange.isAbandoned { return writer.resume(throwing: RequestAbandoned()) }
        writers.append(writer)
        exchange.onWritable = { [self] in
            let waiting = writers
            writers = []
            for writer in waiting { writer.resume() }
        }
    }

    private func abandoned() {
        shared?.ended(.abandoned)
        let waiting = writers
        writers = []
        for writer in waiting { writer.resume(throwing: RequestAbandoned()) }
        // The task may still be at work; its last order settles.
        task?.cancel()
    }

    /// The last order was carried out.
    private func settle() {
        orders?.withdraw()
        orders = nil
        exchange.onAbandoned = nil
        exchange.onWritable = nil
    }
}

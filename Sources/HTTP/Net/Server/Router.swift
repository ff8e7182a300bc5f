// Paths to handlers. A path without parameters is found by one look in a table; the others are
// walked segment by segment, a literal before a parameter before the rest. What is looked up are
// decoded segments, which hold no slash and no dots: a parameter is always one name. A method that
// a path does not know is 405 with what it knows, OPTIONS says the same, HEAD is answered by GET.
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// Looks at a request before its handler, and calls `next` to go on, now or later, or not at all.
public typealias HTTPMiddleware = (HTTPExchange, _ next: @escaping HTTPHandler) -> Void

/// Finds the handler of a request by its method and path.
///
///     let router = Router()
///     router.get("/devices/:name") { exchange in … exchange.parameters["name"] … }
///     let server = HTTPServer(on: reactor, router.handle)
public final class Router {
    /// The handlers of one path, by method.
    private final class Place {
        let pattern: String
        var handlers: [HTTPRequest.Method: HTTPHandler] = [:]

        init(_ pattern: String) { self.pattern = pattern }

        /// What the path knows, for an Allow field.
        var allow: String {
            var names = Set(handlers.keys.map(\.rawValue))
            names.insert("OPTIONS")
            if names.contains("GET") { names.insert("HEAD") }
            return names.sorted().joined(separator: ", ")
        }
    }

    private final class Node {
        var literals: [String: Node] = [:]
        var parameter: (name: String, node: Node)?
        var place: Place?
        /// All that is below, under a name.
        var rest: (name: String, place: Place)?
    }

    private let root = Node()
    private var literals: [String: Place] = [:]
    private var middlewares: [HTTPMiddleware] = []
    private var chain: HTTPHandler?
    /// Answers what no route is for.
    public var notFound: HTTPHandler = { $0.refuse(404) }

    public init() {}

    // MARK: Routes

    /// Adds a route; a later one of the same method and pattern takes its place.
    ///
    /// - Parameter pattern: `/a/:name/b`, where `:name` stands for one segment; `*name` at the end
    ///   for all the rest.
    public func on(
        _ method: HTTPRequest.Method, _ pattern: String, _ handler: @escaping HTTPHandler
    ) {
        place(of: pattern).handlers[method] = handler
    }

    /// Adds a route for GET and HEAD.
    public func get(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.get, pattern, handler)
    }

    /// Adds a route for POST.
    public func post(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.post, pattern, handler)
    }

    /// Adds a route for PUT.
    public func put(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.put, pattern, handler)
    }

    /// Adds a route for DELETE.
    public func delete(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.delete, pattern, handler)
    }

    /// Puts a middleware around everything, inside those that were added before.
    public func use(_ middleware: @escaping HTTPMiddleware) {
        middlewares.append(middleware)
        chain = nil
    }

    private func place(of pattern: String) -> Place {
        let segments = pattern.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        var node = root
        for segment in segments {
            if segment.hasPrefix("*") {
                let place = node.rest?.place ?? Place(pattern)
                node.rest = (String(segment.dropFirst()), place)
                return place
            }
            node = child(of: node, segment)
        }
        let place = node.place ?? Place(pattern)
        node.place = place
        if !segments.contains(where: { $0.hasPrefix(":") }) { literals[pattern] = place }
        return place
    }

    private func child(of node: Node, _ segment: Substring) -> Node {
        if segment.hasPrefix(":") {
            let next = node.parameter?.node ?? Node()
            node.parameter = (String(segment.dropFirst()), next)
            return next
        }
        let name = String(segment)
        let next = node.literals[name] ?? Node()
        node.literals[name] = next
        return next
    }

    // MARK: Requests

    /// Answers a request: the handler of a server.
    public func handle(_ exchange: HTTPExchange) {
        if middlewares.isEmpty { return route(exchange) }
        if let chain { return chain(exchange) }
        let made = middlewares.reversed().reduce({ [weak self] in self?.route($0) } as HTTPHandler)
        {
            next, middleware in
            { exchange in middleware(exchange, next) }
        }
        chain = made
        made(exchange)
    }

    private func route(_ exchange: HTTPExchange) {
        if exchange.head.form == .asterisk {
            return exchange.respond(HTTPResponse(status: .noContent))
        }
        let path = exchange.head.rawPath
        if let place = literals[path] { return answer(exchange, place) }
        guard let segments = PathSegments(path.isEmpty ? "/" : path)?.segments else {
            return exchange.refuse(400, "a path that leads astray")
        }
        var parameters: [String: String] = [:]
        guard let place = find(segments[...], root, &parameters) else { return notFound(exchange) }
        exchange.parameters = parameters
        answer(exchange, place)
    }

    private func find(
        _ segments: ArraySlice<String>, _ node: Node, _ parameters: inout [String: String]
    ) -> Place? {
        guard let first = segments.first else { return node.place }
        let others = segments.dropFirst()
        if let next = node.literals[first], let found = find(others, next, &parameters) {
            return found
        }
        if let (name, next) = node.parameter, !first.isEmpty,
            let found = find(others, next, &parameters)
        {
            parameters[name] = first
            return found
        }
        guard let (name, place) = node.rest else { return nil }
        parameters[name] = segments.joined(separator: "/")
        return place
    }

    private func answer(_ exchange: HTTPExchange, _ place: Place) {
        exchange.route = place.pattern
        let method = exchange.method
        if let handler = place.handlers[method] { return handler(exchange) }
        if method == .head, let handler = place.handlers[.get] { return handler(exchange) }
        if method == .options {
            return exchange.respond(
                HTTPResponse(status: .noContent, headerFields: [.allow: place.allow]))
        }
        if !Self.knownMethods.contains(method) { return exchange.refuse(501) }
        exchange.refuse(405, fields: [.allow: place.allow])
    }

    private static let knownMethods: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .delete, .patch, .options,
    ]
}

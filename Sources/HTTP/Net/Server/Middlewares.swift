import FairleadHTTPWire
import HTTPTypes

/// Middlewares for a router; each is a function that makes one.
public enum Middlewares {
    /// Refuses what a page of another site has its visitor's browser send (403).
    ///
    /// A request that changes something, and has an Origin, must come from one of these hosts.
    /// What has none does not come from a browser's page.
    public static func sameOrigin(_ hosts: HostList) -> HTTPMiddleware {
        { exchange, next in
            if let origin = exchange.head[.origin], !exchange.method.isSafe,
                !hosts.allows(origin: origin)
            {
                return exchange.refuse(403, "a page of another site")
            }
            next(exchange)
        }
    }

    /// Refuses bodies of any other type (415): a form of another site cannot say JSON.
    public static func accepting(_ types: String...) -> HTTPMiddleware {
        { exchange, next in
            let type = exchange.head[.contentType].flatMap { MediaType($0) }?.essence
            if exchange.head.hasBody, !types.contains(type ?? "") {
                return exchange.refuse(415, "a body is \(types.joined(separator: " or "))")
            }
            next(exchange)
        }
    }

    /// Adds fields to every response.
    public static func fields(_ fields: HTTPFields) -> HTTPMiddleware {
        { exchange, next in
            exchange.addResponseFilter { response in
                for field in fields where !response.headerFields.contains(field.name) {
                    response.headerFields.append(field)
                }
            }
            next(exchange)
        }
    }

    /// Compresses responses of 512 bytes and more, and streams, for clients that ask for it.
    ///
    /// Of a stream, whose length is not known, each piece goes out at once. An event stream stays
    /// as it is: its bytes are the same for all who hear it.
    /// Not for pages that show a secret beside something that a visitor chose (BREACH).
    public static func gzip() -> HTTPMiddleware {
        { exchange, next in
            exchange.compresses = true
            next(exchange)
        }
    }
}

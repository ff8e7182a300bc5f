import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

extension HTTPServer {
    /// Hands a request to the handler, unless it is refused before.
    func dispatch(_ exchange: HTTPExchange) {
        let head = exchange.head
        if let allowedHosts, !allowedHosts.allows(host: head.authority) {
            return exchange.refuse(421, "this server has another name")
        }
        if head.hasUnknownExpectation {
            return exchange.refuse(417, "the only expectation is 100-continue")
        }
        if head.method == .connect || head.method == .trace {
            return exchange.refuse(501, "this server is no proxy")
        }
        handler(exchange)
    }

    func log(_ exchange: HTTPExchange) {
        guard let accessLog else { return }
        let address = exchange.peerAddress
        let duration = exchange.startedAt.map { reactor.now.since($0) }
        accessLog(
            AccessRecord(
                method: exchange.method, target: exchange.head.target, status: exchange.status,
                bytes: exchange.bytesOut,
                peer: address.socketAddress?.host ?? address.description,
                duration: duration ?? .zero))
    }
}

extension HTTPRequest.Method {
    /// Whether it changes nothing (RFC 9110, 9.2.1).
    var isSafe: Bool { self == .get || self == .head || self == .options || self == .trace }

    /// Whether doing it twice is as good as once (RFC 9110, 9.2.2).
    var isIdempotent: Bool { isSafe || self == .put || self == .delete }
}

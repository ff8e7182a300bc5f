import FairleadEngine
import FairleadHTTP

@main
enum HelloHTTP {
    static func main() {
        Reactor.main { reactor in
            let router = Router()
            router.get("/hello/:name") { exchange in
                exchange.respond(text: "Hello, \(exchange.parameters["name"] ?? "you")!\n")
            }
            router.post(
                "/sum",
                asyncHandler { request in
                    let numbers = try await request.body.collect(upTo: 10_000)
                        .split(separator: UInt8(ascii: "\n"))
                        .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
                    return AsyncResponse(text: "\(numbers.reduce(0, &+))\n")
                })
            let server = HTTPServer(on: reactor, router.handle)
            server.allowedHosts = .loopback
            server.stopsWithReactor()
            try server.listen(CommandLine.arguments.dropFirst().first ?? "tcp:8080")
        }
    }
}

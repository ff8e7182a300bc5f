// The server that the comparison in `Tests/Benchmarks/http` measures: one small document, made
// anew for each request, as a gateway would.
import FairleadEngine
import FairleadHTTP
import HTTPTypes

@main
enum BenchHTTP {
    static func main() {
        let position = """
            {"device":"/dev/ttyUSB0","mode":3,"time":"2026-11-23T00:00:00.000Z",\
            "lat":48.117300000,"lon":11.516666667,"alt":545.400}
            """
        let port = CommandLine.arguments.dropFirst().first ?? "8080"
        Reactor.main { reactor in
            let server = HTTPServer(on: reactor) { exchange in
                guard exchange.head.rawPath == "/v1/position" else { return exchange.refuse(404) }
                let head = HTTPResponse(
                    status: .ok, headerFields: [.contentType: "application/json"])
                exchange.respond(head, body: Array(position.utf8))
            }
            server.stopsWithReactor()
            try server.listen("tcp:\(port):interface=127.0.0.1")
        }
    }
}

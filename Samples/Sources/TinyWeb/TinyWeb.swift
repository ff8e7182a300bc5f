// A site in one file: a page, a small API, a clock as an event stream, and a chat over WebSocket.
// Open http://localhost:8080 in two windows.
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire

/// Everybody hears what anybody says; each message is one frame, shared by all.
final class Chat: WebSocketProtocol {
    private var sockets: [ObjectIdentifier: WebSocket] = [:]

    func opened(_ socket: WebSocket) { sockets[ObjectIdentifier(socket)] = socket }

    func received(_ text: String, on socket: WebSocket) {
        let frame = WebSocketWriter.text(text)
        for socket in sockets.values { socket.send(frame: frame) }
    }

    func closed(_ code: WebSocketCloseCode, reason: String, on socket: WebSocket) {
        sockets[ObjectIdentifier(socket)] = nil
    }
}

@main
enum TinyWeb {
    static func main() {
        let endpoint = CommandLine.arguments.dropFirst().first ?? "tcp:8080:interface=127.0.0.1"
        Reactor.main { reactor in
            let router = Router()
            router.use(Middlewares.sameOrigin(.loopback))
            router.use(Middlewares.gzip())

            let content = StaticContent()
            content.add("index.html", text: page)
            content.mount(on: router)

            router.get("/hello/:name") { exchange in
                exchange.respond(text: "Hello, \(exchange.parameters["name"] ?? "you")!\n")
            }
            router.post("/echo") { exchange in
                exchange.collectBody { exchange.respond(text: String(decoding: $0, as: UTF8.self)) }
            }
            router.get(
                "/later",
                asyncHandler { request in
                    try await Task.sleep(for: .seconds(1))
                    return AsyncResponse(text: "That took a second.\n")
                })

            let clock = EventBroadcast(on: reactor)
            var second = 0
            reactor.every(.seconds(1)) {
                second += 1
                clock.publish(ServerSentEvent("\(second)", id: "\(second)"))
            }
            router.get("/clock", clock.handle)

            let chat = Chat()
            router.get("/chat") {
                $0.acceptWebSocket(chat, from: .loopback, deflate: WebSocketDeflate())
            }

            let server = HTTPServer(on: reactor, router.handle)
            server.allowedHosts = .loopback
            server.stopsWithReactor()
            try server.listen(endpoint)
        }
    }

    static let page = """
        <!doctype html><meta charset="utf-8"><title>TinyWeb</title>
        <p>Seconds since the start: <output id="clock"></output></p>
        <form id="form"><input id="text" autofocus placeholder="Say something"></form>
        <ol id="log"></ol>
        <script>
        new EventSource("/clock").onmessage = event => clock.textContent = event.data;
        const socket = new WebSocket(`ws://${location.host}/chat`);
        socket.onmessage = event => {
            const line = document.createElement("li");
            line.textContent = event.data;
            log.append(line);
        };
        form.onsubmit = event => {
            event.preventDefault();
            socket.send(text.value);
            text.value = "";
        };
        </script>

        """
}

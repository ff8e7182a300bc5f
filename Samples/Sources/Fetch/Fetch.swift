// Fetches an address and writes its body to standard output. An event stream is followed, event by
// event (`Fetch http://… events`), and a WebSocket spoken to (`Fetch ws://… hello`).
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire

/// Says one thing, and prints what it hears until it is closed.
final class Talk: WebSocketProtocol {
    private let words: String
    private let reactor: Reactor

    init(_ words: String, _ reactor: Reactor) {
        self.words = words
        self.reactor = reactor
    }

    func opened(_ socket: WebSocket) { socket.send(words) }
    func received(_ text: String, on socket: WebSocket) { print(text) }

    func closed(_ code: WebSocketCloseCode, reason: String, on socket: WebSocket) {
        print("* closed with \(code) \(reason)")
        reactor.stop()
    }
}

@main
enum Fetch {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let text = arguments.first, let url = HTTPURL(text) else {
            return print("usage: Fetch http://host:port/path [events] | ws://host:port/path words")
        }
        let words = arguments.dropFirst().joined(separator: " ")
        Reactor.main { reactor in
            let client = HTTPClient(on: reactor)
            if url.scheme == "ws" {
                talk(url, words, client)
            } else if words == "events" {
                follow(url, client)
            } else {
                fetch(url, client)
            }
        }
    }

    static func fetch(_ url: HTTPURL, _ client: HTTPClient) {
        client.fetch(ClientRequest(url)) { result in
            switch result {
            case .success(let response): print("\(response.status)\n\(response.text)")
            case .failure(let error): print("error: \(error)")
            }
            client.close()
            client.reactor.stop()
        }
    }

    static func follow(_ url: HTTPURL, _ client: HTTPClient) {
        let source = EventSource(client, url)
        source.onState = { print("* \($0)") }
        source.onEvent = { print("\($0.name) \($0.data)") }
        client.reactor.add(to: .beforeShutDown) { _, done in
            source.close()
            done()
        }
    }

    static func talk(_ url: HTTPURL, _ words: String, _ client: HTTPClient) {
        let talk = Talk(words, client.reactor)
        client.openWebSocket(url, talk, deflate: WebSocketDeflate()) { error in
            guard let error else { return }
            print("error: \(error)")
            client.reactor.stop()
        }
    }
}

// Fetches an address and writes its body to standard output as it comes; the head goes to the
// log. An event stream is followed, event by event.
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire

@main
enum Fetch {
    static func main() {
        guard let text = CommandLine.arguments.dropFirst().first, let url = HTTPURL(text) else {
            return print("usage: Fetch http://host:port/path [events]")
        }
        let followsEvents = CommandLine.arguments.dropFirst(2).first == "events"
        Reactor.main { reactor in
            let client = HTTPClient(on: reactor)
            if followsEvents { follow(url, client) } else { fetch(url, client) }
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
}

// For the comparison with h11 (Tests/Peers/http_h11.py): reads inputs from standard input, each
// after its length in a line, and writes for each one line of what was found: requests as
// method, target and body in hexadecimal, then how it ended.
import FairleadHTTPWire
import FairleadWire
import Glibc

@main
enum HTTPRead {
    static func main() {
        if CommandLine.arguments.dropFirst().first == "speed" { return measure() }
        while let line = readLine(strippingNewline: true) {
            let bytes = stride(from: 0, to: line.utf8.count - 1, by: 2).map { place in
                let digits = Array(line.utf8)[place..<place + 2].compactMap(hexadecimalDigit)
                return digits.reduce(0) { $0 << 4 | $1 }
            }
            print(read(bytes))
        }
    }

    /// How many requests with five fields a second one core reads, sixteen in each chunk.
    static func measure() {
        let request = """
            GET /v1/position?device=gps0 HTTP/1.1\r\nHost: gateway.example:8080\r\n\
            User-Agent: curl/7.88.1\r\nAccept: application/json\r\n\
            Accept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\n\r\n
            """
        let chunk = Array(String(repeating: request, count: 16).utf8)
        var parser = RequestParser()
        var count = 0
        let clock = ContinuousClock()
        let time = clock.measure {
            for _ in 0..<50_000 {
                var place = 0
                while let step = try? parser.step(chunk.span, &place), step != .needsMore {
                    if step == .head { count += 1 }
                }
            }
        }
        let seconds = Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds)
        print("\(Int(Double(count) / seconds)) requests a second")
    }

    static func read(_ bytes: [UInt8]) -> String {
        var parser = RequestParser()
        var found: [String] = []
        var body: [UInt8] = []
        var place = 0
        do throws(HTTPFault) {
            while true {
                switch try parser.step(bytes.span, &place) {
                case .needsMore: return (found + ["more"]).joined(separator: "\t")
                case .head: body = []
                case .data(let range): body += bytes[range]
                case .end:
                    let digits = body.map {
                        String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
                    }
                    let head = parser.head
                    found.append("\(head.method) \(head.target) \(digits.joined())")
                    if !head.keepsConnection || head.method == .connect || head.upgrade != nil {
                        return (found + ["close"]).joined(separator: "\t")
                    }
                }
            }
        } catch {
            return (found + ["fault"]).joined(separator: "\t")
        }
    }
}

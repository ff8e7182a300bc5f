// For the comparison with h11 (Tests/Peers/http-h11): reads inputs from standard input, each after
// its length in a line, and writes for each one line of what was found: requests as method, target
// and body in hexadecimal, then how it ended.
import FairleadHTTPWire
import FairleadWire

@main
enum HTTPRead {
    static func main() {
        while let line = readLine(strippingNewline: true) {
            let bytes = stride(from: 0, to: line.utf8.count - 1, by: 2).map { place in
                let digits = Array(line.utf8)[place..<place + 2].compactMap(hexadecimalDigit)
                return digits.reduce(0) { $0 << 4 | $1 }
            }
            print(read(bytes))
        }
    }

    static func read(_ bytes: [UInt8]) -> String {
        var parser = RequestParser()
        var found: [String] = []
        var body: [UInt8] = []
        var place = 0
        do throws(HTTPFault) {
            while true {
                switch try parser.step(bytes.span, &place) {
                case .needsMore: return (found + ["more"]).joined(separator: "|")
                case .head: body = []
                case .data(let range): body += bytes[range]
                case .end:
                    let digits = body.map {
                        String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
                    }
                    let head = parser.head
                    found.append("\(head.method) \(head.target) \(digits.joined())")
                    if !head.keepsConnection || head.method == .connect || head.upgrade != nil {
                        return (found + ["close"]).joined(separator: "|")
                    }
                }
            }
        } catch {
            return (found + ["fault"]).joined(separator: "|")
        }
    }
}

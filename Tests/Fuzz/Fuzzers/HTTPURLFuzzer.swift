// An address that is read is the same when it is written and read again, and so is every reference
// that is resolved against it; what is written holds visible ASCII only. Decoded segments of a
// path never lead out of a folder.
import FairleadHTTPWire

/// Addresses, references and paths.
enum HTTPURLFuzzer: Fuzzer {
    private static let beginnings = ["", "http://", "https://a:1/", "/", "//", "?"]

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let text = beginnings[input.choice(of: beginnings.count)] + input.text
        if let url = HTTPURL(text), let wrong = fault(in: url) { return wrong }
        if let base = HTTPURL("http://a/b/c?d"), let url = base.resolving(text),
            let wrong = fault(in: url)
        {
            return wrong
        }
        if let path = PathSegments(text) {
            let isPlain = path.segments.allSatisfy {
                !["..", "."].contains($0)
                    && !$0.utf8.contains { $0 < 32 || $0 == 0x2F || $0 == 0x5C }
            }
            if !isPlain { return "\(path.segments) leads astray" }
        }
        let items = QueryItems(text)
        return items.items.count > QueryItems.limit ? "too many items" : nil
    }

    private static func fault(in url: HTTPURL) -> String? {
        if url.description.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
            return "\(url.description.debugDescription) is not visible ASCII"
        }
        guard let again = HTTPURL(url.description) else { return "\(url) is not read again" }
        if again.description != url.description || !again.isSameOrigin(as: url) {
            return "\(url) is read again as \(again)"
        }
        return url.target.hasPrefix("/") ? nil : "\(url.target) has no slash"
    }
}

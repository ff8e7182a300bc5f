// Values of fields: dates, tags, ranges, qualities, media types, conditions. None traps; what is
// read of a date or a tag is what is written of it; ranges lie within the content and apart.
import FairleadHTTPWire

/// The values of fields.
enum HTTPFieldFuzzer: Fuzzer {
    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let size = input.number()
        let prefix = ["", "bytes=", "Sun, 06 Nov 1994 ", "W/\"", "gzip;q="][input.choice(of: 5)]
        let text = prefix + input.text
        if let date = HTTPDate(text), HTTPDate(date.description) != date { return "\(date)" }
        if let tag = EntityTag(field: text), EntityTag(field: tag.description) != tag {
            return "\(tag)"
        }
        if case .parts(let ranges) = ByteRanges(text, size: size) {
            let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
            let areApart = zip(sorted, sorted.dropFirst()).allSatisfy { !$0.overlaps($1) }
            let areInside = ranges.allSatisfy { !$0.isEmpty && $0.upperBound <= size }
            if !areApart || !areInside || ranges.isEmpty { return "\(ranges) of \(size)" }
        }
        if QualityList(text).items.contains(where: { !(0...1000).contains($0.quality) }) {
            return "a quality"
        }
        if let type = MediaType(text), MediaType(type.essence)?.essence != type.essence {
            return "\(type)"
        }
        _ = EntityTagList(text)
        if let bytes = Base64.decoded(text), Base64.encoded(bytes) != text { return text }
        return nil
    }
}

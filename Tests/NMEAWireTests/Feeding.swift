import FairleadNMEAWire
import FairleadWire

/// A sentence that a parser delivered, kept.
struct Delivered: Hashable {
    let bytes: [UInt8]
    let talker: String
    let sentence: Sentence
    let tagBlock: TagBlock?

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What a parser made of a stream.
struct Feeding: Hashable {
    var delivered: [Delivered] = []
    var counts = ParserCounts()

    /// Feeds the pieces to a new parser.
    init(
        _ pieces: [[UInt8]], policy: NMEAParser.ChecksumPolicy = .learned, maximum: Int = 1024
    ) {
        let parser = NMEAParser(policy: policy, maximum: maximum)
        for piece in pieces {
            parser.decode(piece.span) { view, bytes, sentence in
                delivered.append(
                    Delivered(
                        bytes: [UInt8](copying: bytes), talker: view.talker.description,
                        sentence: sentence, tagBlock: view.tagBlock(in: bytes)))
            }
        }
        counts = parser.counts
    }

    init(_ text: String, policy: NMEAParser.ChecksumPolicy = .learned, maximum: Int = 1024) {
        self.init([Array(text.utf8)], policy: policy, maximum: maximum)
    }
}

/// A body with `$` and its checksum, and with CR LF.
func line(_ body: String, first: String = "$") -> String {
    let checksum = body.utf8.reduce(0, ^)
    let digits = Array("0123456789ABCDEF")
    return "\(first)\(body)*\(digits[Int(checksum >> 4)])\(digits[Int(checksum & 15)])\r\n"
}

/// Reads one sentence; nil when it is none or malformed.
func content(_ line: String) -> (any TypedSentence)? {
    Feeding(line, policy: .optional).delivered.first?.sentence.content
}

func time(_ hour: Int, _ minute: Int, _ second: Int, _ millisecond: Int = 0) -> NMEATime? {
    NMEATime(hour: hour, minute: minute, second: second, nanosecond: millisecond * 1_000_000)
}

/// Degrees and minutes, negative for south.
func latitude(_ degrees: Int64, _ minutes: NMEANumber) -> Latitude? {
    total(degrees, minutes).flatMap { Latitude(minutes: $0) }
}

/// Degrees and minutes, negative for west.
func longitude(_ degrees: Int64, _ minutes: NMEANumber) -> Longitude? {
    total(degrees, minutes).flatMap { Longitude(minutes: $0) }
}

private func total(_ degrees: Int64, _ minutes: NMEANumber) -> NMEANumber? {
    var scale: Int64 = 60
    for _ in 0..<minutes.decimals { scale *= 10 }
    let units = degrees.magnitude * UInt64(scale) + minutes.units.magnitude
    return NMEANumber(
        units: degrees < 0 ? -Int64(units) : Int64(units), decimals: Int(minutes.decimals))
}

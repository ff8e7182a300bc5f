// Fuzzers. Each is one file here, with its invariant as the first sentence, and one line in the
// table below. `make fuzz` runs them under libFuzzer; `make test` replays the corpora that it has
// found, without libFuzzer. A fuzzer must never keep anything from one input to the next.

/// Something that must hold for any bytes.
protocol Fuzzer: SendableMetatype {
    /// What is wrong, or nil.
    static func violation(_ bytes: [UInt8]) -> String?
}

/// Every fuzzer by the name of its corpus.
let fuzzers: [(name: String, fuzzer: any Fuzzer.Type)] = [
    ("EndpointArguments", EndpointArgumentsFuzzer.self),
    ("EndpointString", EndpointStringFuzzer.self),
    ("FixAssembler", FixAssemblerFuzzer.self),
    ("EventStream", EventStreamFuzzer.self),
    ("HTTPChunk", HTTPChunkFuzzer.self),
    ("HTTPField", HTTPFieldFuzzer.self),
    ("HTTPRequest", HTTPRequestFuzzer.self),
    ("HTTPResponse", HTTPResponseFuzzer.self),
    ("HTTPURL", HTTPURLFuzzer.self),
    ("IPAddress", IPAddressFuzzer.self),
    ("IRCLine", IRCLineFuzzer.self),
    ("LengthPrefixFramer", LengthPrefixFramerFuzzer.self),
    ("LineFramer", LineFramerFuzzer.self),
    ("NMEAParser", NMEAParserFuzzer.self),
    ("NMEARoundTrip", NMEARoundTripFuzzer.self),
    ("NMEASentence", NMEASentenceFuzzer.self),
    ("NetstringFramer", NetstringFramerFuzzer.self),
    ("ProxyHeader", ProxyHeaderFuzzer.self),
    ("WebSocketFrame", WebSocketFrameFuzzer.self),
]

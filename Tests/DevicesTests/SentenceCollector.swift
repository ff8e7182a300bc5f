import FairleadEngine
import FairleadNMEAWire
import FairleadWire

/// A protocol that takes sentences out of what it gets, as a gateway would.
final class SentenceCollector: StreamProtocol {
    private let parser = NMEAParser(policy: .learned)
    private let heard: (String) -> Void
    private(set) var lost: Disconnect?

    init(_ heard: @escaping (String) -> Void) {
        self.heard = heard
    }

    func received(_ bytes: Span<UInt8>, on transport: any Transport) {
        parser.feed(bytes) { _, own in
            heard(String(decoding: [UInt8](copying: own), as: UTF8.self))
        }
    }

    func connectionLost(_ reason: Disconnect, on transport: any Transport) { lost = reason }
}

/// A sentence with its checksum and line end.
func sentence(_ body: String) -> String {
    let sum = String(body.utf8.reduce(0, ^), radix: 16, uppercase: true)
    return "$\(body)*\(sum.count == 1 ? "0" : "")\(sum)\r\n"
}

/// What a usual receiver says in one second, 430 bytes of it.
let usualBurst =
    sentence("GPGGA,092750.00,5321.6802,N,00630.3372,W,1,8,1.03,61.7,M,55.2,M,,")
    + sentence("GPGSA,A,3,10,07,05,02,29,04,08,13,,,,,1.72,1.03,1.38")
    + sentence("GPGSV,3,1,11,10,63,137,17,07,61,098,15,05,59,290,20,08,54,157,30")
    + sentence("GPGSV,3,2,11,02,39,223,19,13,28,070,17,26,23,252,,04,14,186,14")
    + sentence("GPGSV,3,3,11,29,09,301,24,16,09,020,,36,,,")
    + sentence("GPRMC,092750.00,A,5321.6802,N,00630.3372,W,0.02,31.66,280511,,,A")

/// What a quick receiver says five times a second: short enough for 4800.
let quickBurst = sentence("GPRMC,092750.20,A,5321.6802,N,00630.3372,W,0.02,31.66,280511,,,A")

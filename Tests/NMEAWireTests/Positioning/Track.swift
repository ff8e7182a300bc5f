import FairleadNMEAWire
import FairleadWire

/// What came out of a reader, each event with the number of the sentence that brought it.
struct Track: Equatable {
    struct Told: Equatable {
        /// From 1; 0 is the end of the stream.
        let sentence: Int
        let event: PositioningEvent
    }

    private(set) var told: [Told] = []

    /// Feeds a stream in pieces, and flushes at its end.
    init(pieces: [[UInt8]], device: String = "") {
        let reader = PositioningReader(device: device)
        var sentence = 0
        for piece in pieces {
            reader.feed(piece.span, sentence: { _, _, _ in sentence += 1 }) { event in
                told.append(Told(sentence: sentence, event: event))
            }
        }
        reader.flush { told.append(Told(sentence: 0, event: $0)) }
    }

    /// Feeds sentences, which need no `$` nor checksum.
    init(_ bodies: [String]) {
        self.init(pieces: [Array(bodies.map { line($0) }.joined().utf8)])
    }

    /// Feeds sentences that come at so many milliseconds of the system's time each.
    init(
        timed bodies: [(milliseconds: Int64, body: String)], from start: Int64 = 1_700_000_000_000,
        earliest: NMEADate? = nil
    ) {
        let reader = PositioningReader()
        reader.assembler.earliest = earliest
        for (index, (milliseconds, body)) in bodies.enumerated() {
            let bytes = Array(line(body).utf8)
            let received = UTCTime(nanosecondsSince1970: (start + milliseconds) * 1_000_000)
            reader.feed(bytes.span, at: received) { event in
                told.append(Told(sentence: index + 1, event: event))
            }
        }
        reader.flush { told.append(Told(sentence: 0, event: $0)) }
    }

    var events: [PositioningEvent] { told.map(\.event) }

    var positions: [Fix] {
        events.compactMap {
            if case .position(let fix) = $0 { fix } else { nil }
        }
    }

    /// Positions and losses, an amended one instead of the one that it amends.
    var epochs: [Fix] {
        var fixes: [Fix] = []
        for event in events {
            switch event {
            case .position(let fix), .noFix(let fix):
                if fix.isAmended { fixes.removeLast() }
                fixes.append(fix)
            default: break
            }
        }
        return fixes
    }

    var losses: [Fix] {
        events.compactMap {
            if case .noFix(let fix) = $0 { fix } else { nil }
        }
    }

    var movements: [Fix] {
        events.compactMap {
            if case .movement(let fix) = $0 { fix } else { nil }
        }
    }

    var skies: [Sky] {
        events.compactMap {
            if case .satellites(let sky) = $0 { sky } else { nil }
        }
    }

    var times: [TimeReport] {
        events.compactMap {
            if case .time(let report) = $0 { report } else { nil }
        }
    }

    var headings: [Heading] {
        events.compactMap {
            if case .heading(let heading) = $0 { heading } else { nil }
        }
    }

    var identities: [ReceiverIdentity] {
        events.compactMap {
            if case .identity(let identity) = $0 { identity } else { nil }
        }
    }

    /// The sentences with which positions came: 3, or -5 for an amended one.
    var moments: [Int] {
        told.compactMap {
            if case .position(let fix) = $0.event {
                fix.isAmended ? -$0.sentence : $0.sentence
            } else {
                nil
            }
        }
    }
}

/// Sentences of receivers at a place that moves north by a minute of arc for each step of `place`.
enum Say {
    static func rmc(
        _ time: String, _ status: String = "A", place: Int = 0, date: String = "251126",
        talker: String = "GP", speed: String = "10.00", tail: String = ",,,A"
    ) -> String {
        "\(talker)RMC,\(time),\(status),52\(10 + place).5000,N,00430.2500,E,\(speed),45.0,"
            + date + tail
    }

    static func gga(
        _ time: String, quality: Int = 1, place: Int = 0, altitude: String = "12.3",
        talker: String = "GP"
    ) -> String {
        "\(talker)GGA,\(time),52\(10 + place).5000,N,00430.2500,E,\(quality),08,1.0,\(altitude),M,"
            + "45.0,M,,"
    }

    static func gll(_ time: String, _ status: String = "A", place: Int = 0) -> String {
        "GPGLL,52\(10 + place).5000,N,00430.2500,E,\(time),\(status),\(status == "A" ? "A" : "N")"
    }

    static func gsa(_ mode: Int = 3, talker: String = "GP", used: String = "01,02,03,04") -> String
    {
        let commas = used.utf8.count { $0 == UInt8(ascii: ",") }
        let empty = String(repeating: ",", count: 11 - commas)
        return "\(talker)GSA,A,\(mode),\(used)\(empty),2.0,1.2,1.6"
    }

    static func vtg(_ knots: String = "10.00", mode: String = "A") -> String {
        "GPVTG,45.0,T,,M,\(knots),N,18.52,K,\(mode)"
    }
}

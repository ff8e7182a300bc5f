// Whatever a receiver sends, in any cut and at any times: no position without a mode and a place,
// every number finite and in its range, every satellite once, and equal events however the bytes
// are cut. Most inputs are sentences out of a table, or nothing would get past the checksum.
import FairleadNMEAWire
import FairleadWire

/// Fixes and skies out of any sentences.
enum FixAssemblerFuzzer: Fuzzer {
    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let isTimed = input.choice(of: 2) == 1
        let stream = sentences(&input)
        let count = stream.count
        let whole = read([stream], isTimed)
        let single = read(stream.map { [$0] }, isTimed)
        let halves = read([Array(stream[..<(count / 2)]), Array(stream[(count / 2)...])], isTimed)
        for event in whole {
            if let found = fault(event) { return "\(found): \(event)" }
        }
        return disagreement([whole, single, halves])
    }

    /// The events; the system's time moves on with each sentence, as far as its bytes say.
    private static func read(_ chunks: [[UInt8]], _ isTimed: Bool) -> [PositioningEvent] {
        let parser = NMEAParser(policy: .optional)
        let assembler = FixAssembler(device: "x")
        assembler.earliest = NMEADate(year: 2026, month: 1, day: 1)
        var events: [PositioningEvent] = []
        var now: Int64 = 1_700_000_000_000_000_000
        for chunk in chunks {
            parser.decode(chunk.span) { view, bytes, sentence in
                let last = bytes.isEmpty ? 0 : bytes[bytes.count - 1]
                let step: Int64 = last & 7 == 7 ? .max / 2 : Int64(last & 7) * 37_000_000
                now = now &+ (last & 8 == 0 ? step : -step / 3)
                let received = isTimed ? UTCTime(nanosecondsSince1970: now) : nil
                assembler.take(sentence, from: view.talker, at: received) { events.append($0) }
            }
        }
        assembler.flush { events.append($0) }
        return events
    }
}

// What is read: lines as they are, or out of a table, so that most of them are sentences.
extension FixAssemblerFuzzer {
    private static let talkers = ["GP", "GN", "GL", "GA", "GB", "II", "HE", "GQ"]
    private static let times = [
        "235959.90", "235960.00", "000000.00", "000000", "120000.00", "120000.02", "120000", "",
    ]
    private static let places = [
        "5210.5000,N,00430.2500,E", "5210.50001,N,00430.25001,E", "9000.0,S,18000.0,W", ",,,",
    ]
    private static let numbers = [
        "", "0", "1.0", "12.34", "-5", "360.0", "359.999", "99.99", "999999999999999999", "-0.1",
    ]
    private static let modes = ["A", "N", "D", "E", "", "V", "R", "S"]

    private static func sentences(_ input: inout FuzzInput) -> [UInt8] {
        var stream: [UInt8] = []
        for _ in 0..<64 where !input.rest.isEmpty {
            let kind = input.choice(of: 32)
            if kind == 31 {
                let count = input.choice(of: 64)
                stream += (0..<count).map { _ in UInt8(input.number()) }
            } else {
                stream += Array("$\(body(kind, &input))\r\n".utf8)
            }
        }
        return stream
    }

    private static func body(_ kind: Int, _ input: inout FuzzInput) -> String {
        let talker = pick(talkers, &input)
        if kind >= 24 { return makers(kind, &input) }
        let time = pick(times, &input)
        let place = pick(places, &input)
        let mode = pick(modes, &input)
        func number() -> String { pick(numbers, &input) }
        switch kind {
        case 0...3:
            return
                "\(talker)GGA,\(time),\(place),\(number()),\(number()),\(number()),\(number()),M,"
                + "\(number()),M,\(number()),"
        case 4...7:
            let date = pick(["251126", "311299", "", "010100"], &input)
            return
                "\(talker)RMC,\(time),\(mode == "V" ? "V" : "A"),\(place),\(number()),\(number()),"
                + "\(date),\(number()),E,\(mode)"
        case 8...10: return "\(talker)GLL,\(place),\(time),A,\(mode)"
        case 11: return "\(talker)GNS,\(time),\(place),\(mode)N,05,\(number()),\(number()),,,"
        case 12: return "\(talker)VTG,\(number()),T,,M,\(number()),N,\(number()),K,\(mode)"
        case 13: return "\(talker)VTG,\(number()),T,,M,\(number()),N,\(number()),K"
        case 14...16: return gsa(talker, &input)
        case 17...19: return gsv(talker, &input)
        case 20:
            return "\(talker)GST,\(time),,\(number()),\(number()),,\(number()),\(number()),"
                + number()
        case 21:
            let year = pick(["2026", "1980", "9999", "2099", "0001"], &input)
            return "\(talker)ZDA,\(time),25,11,\(year),,"
        case 22: return "\(talker)HDG,\(number()),\(number()),W,\(number()),E"
        default: return "\(talker)HDT,\(number()),T"
        }
    }

    private static func makers(_ kind: Int, _ input: inout FuzzInput) -> String {
        let time = pick(times, &input)
        let place = pick(places, &input)
        func number() -> String { pick(numbers, &input) }
        switch kind {
        case 24:
            let status = pick(["G3", "NF", "D2", "DR", "TT"], &input)
            return "PUBX,00,\(time),\(place),\(number()),\(status),\(number()),\(number()),"
                + "\(number()),\(number()),\(number()),,\(number()),\(number()),1.0,8,0,0"
        case 25:
            return "PUBX,03,02,\(input.number()),U,\(number()),\(number()),\(number()),064,"
                + "\(input.number()),-,,,,000"
        case 26: return "PUBX,04,\(time),251126,113851.00,1196,15\(pick(["", "D"], &input)),,,"
        case 27: return "PGRMZ,\(number()),f,\(pick(["1", "2", "3"], &input))"
        case 28: return "PGRME,\(number()),M,\(number()),M,\(number()),M"
        case 29:
            let height = pick(["EHT1e308", "EHT-1e308", "EHT12.5", "EHTnan", ""], &input)
            return "PTNL,GGK,\(time),112526,\(place),3,06,1.7,\(height),M"
        default: return "GPTXT,01,01,02,MOD=\(number())"
        }
    }

    private static func gsa(_ talker: String, _ input: inout FuzzInput) -> String {
        let used = (0..<12).map { $0 < 3 ? "\(input.number())" : "" }.joined(separator: ",")
        let mode = pick(["1", "2", "3"], &input)
        let system = pick(["", ",1", ",2", ",4"], &input)
        return "\(talker)GSA,A,\(mode),\(used),2.0,\(pick(numbers, &input)),1.6\(system)"
    }

    private static func gsv(_ talker: String, _ input: inout FuzzInput) -> String {
        let total = input.choice(of: 3)
        let first = input.number()
        return
            "\(talker)GSV,\(total),\(input.choice(of: 3)),2,\(first),\(pick(numbers, &input)),"
            + "\(pick(numbers, &input)),\(pick(numbers, &input)),\(input.number()),45,120,"
            + pick(["", "40,1", "30,6", "0"], &input)
    }

    private static func pick(_ choices: [String], _ input: inout FuzzInput) -> String {
        choices[input.choice(of: choices.count)]
    }
}

// What must hold of every event.
extension FixAssemblerFuzzer {
    private static func fault(_ event: PositioningEvent) -> String? {
        switch event {
        case .position(let fix):
            if fix.position == nil { return "no position" }
            if fix.mode < .twoDimensional { return "no mode" }
            return fault(fix)
        case .noFix(let fix):
            if fix.position != nil || fix.mode != .none { return "a position without a fix" }
            return fault(fix)
        case .movement(let fix):
            if fix.position != nil { return "a position in a movement" }
            return fault(fix)
        case .satellites(let sky): return fault(sky)
        case .heading(let heading):
            let angles = [heading.degrees, heading.magnetic]
            if !angles.allSatisfy(isDirection) { return "no direction" }
            return angles.allSatisfy { $0 == nil } ? "no heading" : nil
        case .time, .identity: return nil
        }
    }

    private static func fault(_ fix: Fix) -> String? {
        if let place = fix.position,
            !(-90...90).contains(place.latitude) || !(-180...180).contains(place.longitude)
        {
            return "not on the earth"
        }
        if ![fix.course, fix.heading].allSatisfy(isDirection) { return "no direction" }
        if let speed = fix.speed, speed < 0 { return "less than no speed" }
        let numbers = [
            fix.altitude, fix.ellipsoidalAltitude, fix.geoidSeparation, fix.speed, fix.climb,
            fix.magneticVariation, fix.correctionAge, fix.dilution.position,
            fix.dilution.horizontal, fix.dilution.vertical, fix.dilution.geometric,
            fix.errors?.horizontal, fix.errors?.altitude, fix.errors?.latitude,
        ]
        return numbers.allSatisfy { $0?.isFinite ?? true } ? nil : "not finite"
    }

    private static func fault(_ sky: Sky) -> String? {
        let ids = Set(sky.satellites.map(\.id))
        if ids.count != sky.satellites.count { return "a satellite twice" }
        for satellite in sky.satellites {
            let signals = satellite.signals.elements.map(\.id)
            if Set(signals).count != signals.count { return "a signal twice" }
            if let elevation = satellite.elevation, !(-90...90).contains(elevation) {
                return "no elevation"
            }
            if !isDirection(satellite.azimuth) { return "no azimuth" }
        }
        return nil
    }

    private static func isDirection(_ degrees: Double?) -> Bool {
        degrees.map { (0..<360).contains($0) } ?? true
    }
}

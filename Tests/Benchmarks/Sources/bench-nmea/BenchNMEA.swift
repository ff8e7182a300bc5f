// How fast NMEA is read: bench-nmea FILE [ROUNDS [PASS]] prints MB/s of each pass, the best of its
// rounds. Compare ratios with nmea_scan in the same run, in turns; never single figures.

import FairleadNMEAWire
import Glibc

@main
struct BenchNMEA {
    static func main() {
        guard CommandLine.arguments.count > 1, let log = read(CommandLine.arguments[1]) else {
            print("usage: bench-nmea FILE [ROUNDS [PASS]]")
            exit(2)
        }
        let rounds = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 3 : 3
        let only = CommandLine.arguments.count > 3 ? CommandLine.arguments[3] : nil
        for (name, pass) in [
            ("frames", frames), ("decoded", decoded), ("fixes", fixes),
        ] where only == nil || only == name {
            var best = 0.0
            var found = 0
            for _ in 0..<rounds {
                let start = ContinuousClock.now
                found = pass(log)
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                best = max(best, Double(log.count) / seconds / 1e6)
            }
            print("\(name) \(Int(best)) MB/s, \(found) found")
        }
    }

    /// Sentences with their checksums, not decoded.
    static func frames(_ log: [UInt8]) -> Int {
        let parser = NMEAParser()
        var found = 0
        chunks(log) { parser.feed($0) { _, _ in found += 1 } }
        return found
    }

    /// Sentences, each decoded into its type; a field of each is used.
    static func decoded(_ log: [UInt8]) -> Int {
        let parser = NMEAParser()
        var found = 0
        var sum: Int64 = 0
        chunks(log) { chunk in
            parser.decode(chunk) { _, _, sentence in
                found += 1
                switch sentence {
                case .rmc(let rmc): sum &+= rmc.latitude?.minutes.units ?? 0
                case .gga(let gga): sum &+= gga.altitude?.units ?? 0
                case .gsa(let gsa): sum &+= gsa.hdop?.units ?? 0
                case .gsv(let gsv): sum &+= gsv.satellites[0]?.azimuth?.units ?? 0
                case .vtg(let vtg): sum &+= vtg.speedKnots?.units ?? 0
                case .gll(let gll): sum &+= gll.longitude?.minutes.units ?? 0
                default: sum &+= 1
                }
            }
        }
        return sum == 1 ? 0 : found
    }

    /// Complete fixes and skies.
    static func fixes(_ log: [UInt8]) -> Int {
        let reader = PositioningReader()
        var found = 0
        var sum = 0.0
        chunks(log) { chunk in
            reader.feed(chunk) { event in
                guard case .position(let fix) = event else { return }
                found += 1
                sum += fix.speed ?? 0
            }
        }
        return sum == 1 ? 0 : found
    }

    /// As a reactor delivers them.
    static func chunks(_ log: [UInt8], _ take: (Span<UInt8>) -> Void) {
        let span = log.span
        var start = 0
        while start < span.count {
            let end = min(start + 64 * 1024, span.count)
            take(span.extracting(start..<end))
            start = end
        }
    }

    static func read(_ path: String) -> [UInt8]? {
        let file = unsafe fopen(path, "rb")
        guard let file = unsafe file else { return nil }
        defer { unsafe fclose(file) }
        var log: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            if count == 0 { return log }
            log += buffer[..<count]
        }
    }
}

// The logs of real receivers in ../shared/corpus, which is beside the repository, not in it. Where
// the folder is missing the tests say so and end.

import FairleadNMEAWire
import Foundation
import Testing

/// A log's counts: sentences, unknown, wrong checksums, missing ones, malformed.
///
/// The twelve malformed ones of the MTK 3301 have 60 minutes of latitude, a receiver's way to say
/// that it has no position; the Garmin 48's begins in the middle of another sentence.
private let expected: [String: [Int]] = [
    "GPSmap-76S": [151, 0, 0, 0, 0],
    "beidou-gb": [68, 0, 0, 0, 0],
    "bu353s4": [90, 0, 0, 0, 0],
    "ericsson-gru04": [56, 37, 0, 0, 0],
    "garmin-10x": [84, 0, 0, 0, 0],
    "garmin48": [91, 0, 0, 0, 1],
    "gr601-w": [75, 0, 0, 0, 0],
    "haicom-305N": [325, 0, 0, 0, 0],
    "hemi": [753, 0, 0, 0, 0],
    "humminbird-M37": [98, 0, 0, 0, 0],
    "magellan315": [21, 0, 0, 0, 0],
    "meinberg-gps164": [90, 0, 0, 0, 0],
    "mt3339": [138, 0, 0, 0, 0],
    "mtk-3301": [56, 11, 0, 3, 12],
    "nmea-rtk": [244, 0, 0, 0, 0],
    "nokia-ld-4w": [69, 0, 0, 0, 0],
    "quectel-L70": [115, 1, 0, 0, 0],
    "rst39": [152, 0, 0, 0, 0],
    "sirfstarv-nmea": [367, 0, 0, 0, 0],
    "skytraq-fix": [100, 0, 0, 0, 0],
    "st-teseo-liv3f": [406, 29, 0, 0, 0],
    "tn204": [48, 0, 0, 0, 0],
    "ublox-f9p-hpnmea": [139, 0, 0, 0, 0],
    "ublox-lea-5h": [164, 0, 0, 0, 0],
]

@Suite struct CorpusTests {
    static let folder: URL? = {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let places = ["../shared/corpus", "../../shared/corpus"].map {
            repository.appendingPathComponent($0).standardizedFileURL
        }
        return places.first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    static func log(_ name: String) -> [UInt8]? {
        folder.flatMap { try? Data(contentsOf: $0.appendingPathComponent(name + ".log")) }
            .map { [UInt8]($0) }
    }

    static var names: [String] {
        guard let folder else { return [] }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".log") }.map { String($0.dropLast(4)) }.sorted()
    }

    @Test(.enabled(if: folder != nil, "../shared/corpus is not there"), arguments: names)
    func aLogOfAReceiverIsCountedAsItIs(name: String) throws {
        let log = try #require(Self.log(name))
        let whole = Feeding([log])
        let counts = whole.counts
        let found = [
            counts.sentences, counts.unknown, counts.badChecksum, counts.missingChecksum,
            counts.malformed,
        ]
        #expect(expected[name] == found)
        #expect(counts.tooLong == 0 && counts.badTagBlocks == 0)
        var random = SeededRandom(11)
        let single = Feeding(log.map { [$0] })
        #expect(single == whole)
        let pieces = Feeding(randomCut(log, &random))
        #expect(pieces == whole)
    }
}

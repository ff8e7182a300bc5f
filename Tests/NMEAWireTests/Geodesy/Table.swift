import FairleadNMEAWire
import Foundation

/// Rows of numbers and words that an oracle has computed: see Tests/Oracles/geodesy/run.sh.
struct Table {
    let rows: [[Substring]]

    /// A table of Tests/Fixtures/geodesy.
    init(_ name: String) throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let path = folder.appendingPathComponent("Fixtures/geodesy/\(name).txt")
        let text = try String(contentsOf: path, encoding: .utf8)
        rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: " ") }
    }

    /// The rows as numbers; what is none is left out.
    var numbers: [[Double]] { rows.map { $0.compactMap { Double($0) } } }
}

extension SeededRandom {
    /// A place; every part of the earth is as likely as any other of its size.
    mutating func place() throws -> Coordinate {
        let sine = Double.random(in: -1...1, using: &self)
        return try .at(asin(sine) * 180 / .pi, Double.random(in: -180...180, using: &self))
    }
}

/// The numbers are none of a place.
struct NoPlace: Error {
    let latitude: Double
    let longitude: Double
}

extension Coordinate {
    static func at(_ latitude: Double, _ longitude: Double) throws -> Coordinate {
        guard let place = Coordinate(latitude: latitude, longitude: longitude) else {
            throw NoPlace(latitude: latitude, longitude: longitude)
        }
        return place
    }

    /// Metres to a place that is near.
    func metres(to other: Coordinate) -> Double {
        let north = (latitude - other.latitude) * 111_320
        let east =
            apart(longitude, other.longitude) * 111_320 * cos(latitude * .pi / 180)
        return (north * north + east * east).squareRoot()
    }
}

/// Degrees between two directions or meridians.
func apart(_ a: Double, _ b: Double) -> Double { abs((a - b).remainder(dividingBy: 360)) }

// How far our geodesy is from the oracles, and how fast both are. See run.sh.
import Glibc

/// The same numbers at every run.
struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// The largest of many deviations, and where it was.
struct Worst {
    let name: String
    private(set) var value = 0.0
    private(set) var place = ""

    init(_ name: String) { self.name = name }

    mutating func take(_ deviation: Double, _ place: @autoclosure () -> String) {
        guard !(abs(deviation) <= value) else { return }
        value = abs(deviation)
        self.place = place()
    }

    func report(_ unit: String, scale: Double = 1) {
        print("  \(name): \(value * scale) \(unit)  at \(place)")
    }
}

/// Degrees between two directions.
func apart(_ a: Double, _ b: Double) -> Double { (a - b).remainder(dividingBy: 360) }

@main struct Compare {
    static func main() {
        let arguments = CommandLine.arguments
        let count = Int(arguments[2]) ?? 1_000_000
        switch arguments[1] {
        case "speed": speed(count)
        case "grids": compareGrids(count)
        case "tables": writeTables(into: arguments[3])
        default:
            print("oracle in \(exact_is_long() == 1 ? "long double" : "double")")
            compareGeodesics(count)
            compareGrids(count)
        }
    }
}

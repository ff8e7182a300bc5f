// swift-tools-version: 6.3
// The benchmarks, a package of their own, so that nobody who uses the library builds them.
import PackageDescription

/// A benchmark: folder `Sources/<name>`.
func benchmark(_ name: String, uses: [String]) -> Target {
    .executableTarget(
        name: name, dependencies: uses.map { .product(name: $0, package: "fairlead") },
        swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
}

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "fairlead", path: "../..")],
    targets: [
        benchmark("bench-nmea", uses: ["FairleadNMEAWire"]),
        benchmark(
            "bench-devices",
            uses: [
                "FairleadDevices", "FairleadEngine", "FairleadEngineTesting", "FairleadNMEAWire",
                "FairleadWire",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

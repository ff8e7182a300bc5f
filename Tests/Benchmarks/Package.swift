// swift-tools-version: 6.3
// The benchmarks, a package of their own, so that nobody who uses the library builds them.
import PackageDescription

/// A benchmark: folder `Sources/<name>`.
func benchmark(_ name: String, uses: [String], also: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: name, dependencies: uses.map { .product(name: $0, package: "fairlead") } + also,
        swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
}

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "fairlead", path: "../.."),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    ],
    targets: [
        benchmark("bench-nmea", uses: ["FairleadNMEAWire"]),
        benchmark("bench-gateway", uses: ["FairleadEngine", "FairleadWire"]),
        benchmark("bench-irc", uses: ["FairleadEngine", "FairleadIRC", "FairleadWire"]),
        benchmark(
            "bench-devices",
            uses: [
                "FairleadDevices", "FairleadEngine", "FairleadEngineTesting", "FairleadNMEAWire",
                "FairleadWire",
            ]),
        benchmark(
            "bench-events",
            uses: ["FairleadEngine", "FairleadHTTP", "FairleadHTTPWire", "FairleadWire"]),
        benchmark("http-read", uses: ["FairleadHTTPWire", "FairleadWire"]),
        benchmark(
            "bench-http", uses: ["FairleadEngine", "FairleadHTTP"],
            also: [.product(name: "HTTPTypes", package: "swift-http-types")]),
    ],
    swiftLanguageModes: [.v6]
)

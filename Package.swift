// swift-tools-version: 6.3
// The architecture as a table: layers from the ground up, rooms, and what each may import.
// The build enforces the arrows (`--explicit-target-dependency-import-check error`, see Makefile).
import PackageDescription

/// The prefix of every module: folder `Engine` is module `FairleadEngine`.
let brand = "Fairlead"

/// House settings of every Swift target: no unsafe construct without a name, no warning at all.
let house: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A layer: folder `Sources/<path>`, module `<brand><name>`.
func layer(_ name: String, path: String? = nil, uses: [Target.Dependency] = []) -> Target {
    .target(
        name: brand + name, dependencies: uses, path: "Sources/" + (path ?? name),
        swiftSettings: house)
}

/// A room: one protocol with two doors, `Wire` (bytes to events, no I/O) and `Net` (on the engine).
func room(_ name: String, wireUses: [Target.Dependency] = [], netUses: [Target.Dependency] = [])
    -> [Target]
{
    [
        layer(name + "Wire", path: name + "/Wire", uses: [wire] + wireUses),
        layer(name, path: name + "/Net", uses: [wire, engine, ours(name + "Wire")] + netUses),
    ]
}

/// The tests of one or more modules: folder `Tests/<name>Tests`, unless `path` says otherwise.
func tests(
    _ name: String, path: String? = nil, exclude: [String] = [], uses: [Target.Dependency]
) -> Target {
    .testTarget(
        name: brand + name + "Tests", dependencies: uses,
        path: "Tests/" + (path ?? name + "Tests"), exclude: exclude, swiftSettings: house)
}

/// A program of the package: folder `Sources/<name>`.
func program(_ name: String, uses: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: uses, path: "Sources/" + name, swiftSettings: house)
}

func ours(_ name: String) -> Target.Dependency { .target(name: brand + name) }

let wire = ours("Wire")
let engine = ours("Engine")
let engineTesting = ours("EngineTesting")
let devices = ours("Devices")
let gpsd = ours("GPSD")
let gpsdWire = ours("GPSDWire")
let http = ours("HTTP")
let httpWire = ours("HTTPWire")
let irc = ours("IRC")
let ircWire = ours("IRCWire")
let nmea = ours("NMEA")
let nmeaWire = ours("NMEAWire")
let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
    name: "fairlead",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: brand + "Wire", targets: [brand + "Wire"]),
        .library(name: brand + "Engine", targets: [brand + "Engine"]),
        .library(name: brand + "EngineTesting", targets: [brand + "EngineTesting"]),
        .library(name: brand + "GPSD", targets: [brand + "GPSD"]),
        .library(name: brand + "GPSDWire", targets: [brand + "GPSDWire"]),
        .library(name: brand + "NMEA", targets: [brand + "NMEA"]),
        .library(name: brand + "NMEAWire", targets: [brand + "NMEAWire"]),
        .library(name: brand + "IRCWire", targets: [brand + "IRCWire"]),
        .library(name: brand + "IRC", targets: [brand + "IRC"]),
        .library(name: brand + "Devices", targets: [brand + "Devices"]),
        .library(name: brand + "HTTPWire", targets: [brand + "HTTPWire"]),
        .library(name: brand + "HTTP", targets: [brand + "HTTP"]),
        .executable(name: "fairlead", targets: ["fairlead"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "CSystem", path: "Sources/CSystem"),
        layer("Wire"),
        layer("Engine", uses: ["CSystem", wire]),
        layer("EngineTesting", uses: ["CSystem", engine, wire]),
        .target(name: "CMath", path: "Sources/CMath"),
        .systemLibrary(
            name: "CUdev", path: "Sources/CUdev", pkgConfig: "libudev",
            providers: [.apt(["libudev-dev"])]),
        .systemLibrary(
            name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
        layer("Devices", uses: [wire, engine, ours("NMEAWire"), "CUdev"]),
        layer("Observability", uses: [wire, engine, nmea, nmeaWire, logging, metrics]),
        layer(
            "Gateway",
            uses: [
                wire, engine, devices, gpsd, gpsdWire, grdb, http, httpWire, httpTypes, irc,
                ircWire, metrics, nmea, nmeaWire,
            ]),
        layer(
            "Configuration",
            uses: [wire, engine, ours("Gateway"), ours("Observability"), yams]),
        layer("Monitor", uses: [wire, engine, http, httpWire, nmeaWire]),
        program(
            "fairlead",
            uses: [
                http, httpWire, ours("Monitor"),
                wire, engine, devices, nmea, nmeaWire, ours("Gateway"), ours("Configuration"),
                ours("Observability"), arguments, logging, metrics, lifecycle,
                unixSignals,
            ]),
        tests("Wire", uses: [wire]),
        tests("IRCWire", uses: [ours("IRCWire"), engineTesting, wire]),
        tests("IRC", uses: [ours("IRC"), ours("IRCWire"), engine, engineTesting, wire]),
        tests("NMEA", uses: [engine, engineTesting, wire, ours("NMEA"), ours("NMEAWire")]),
        tests(
            "Gateway",
            uses: [
                engine, engineTesting, wire, ours("Gateway"), ours("Observability"), nmeaWire, grdb,
            ]),
        tests(
            "Observability",
            uses: [engine, logging, metrics, nmeaWire, ours("Observability")]),
        tests(
            "Configuration", uses: [engine, ours("Configuration"), ours("Gateway")]),
        tests("EndToEnd", uses: ["fairlead", "history-probe", grdb]),
        tests("Monitor", uses: [ours("Monitor"), wire]),
        tests("GPSDWire", uses: [ours("GPSDWire"), ours("NMEAWire"), wire]),
        tests(
            "GPSD",
            uses: [
                engine, engineTesting, wire, ours("GPSD"), ours("GPSDWire"), ours("NMEAWire"),
            ]),
        tests("NMEAWire", uses: [ours("NMEAWire"), wire]),
        tests("HTTPWire", uses: [ours("HTTPWire"), wire, httpTypes]),
        tests(
            "HTTP",
            uses: [
                ours("HTTP"), ours("HTTPWire"), engine, engineTesting, wire, httpTypes, "CZlib",
            ]),
        tests("Engine", uses: ["CSystem", engine, engineTesting, wire]),
        tests("Devices", uses: [ours("Devices"), engine, engineTesting, wire, ours("NMEAWire")]),
        tests("EngineTesting", uses: [engine, engineTesting, wire]),
        tests("Simulation", uses: [engine, engineTesting, wire]),
        tests("Tidy", uses: []),
        tests(
            "Fuzz", path: "Fuzz", exclude: ["Corpus", "LibFuzzer", "run"],
            uses: [wire, ours("NMEAWire"), ours("HTTPWire"), ours("IRCWire"), httpTypes]),
        .executableTarget(
            name: "engine-probe", dependencies: [engine], path: "Tests/EngineProbe",
            swiftSettings: house),
        .executableTarget(
            name: "history-probe", dependencies: [ours("Gateway"), nmeaWire],
            path: "Tests/HistoryProbe", swiftSettings: house),
    ]
        + room("NMEA", wireUses: ["CMath"])
        + room("GPSD", wireUses: [ours("NMEAWire")], netUses: [ours("NMEAWire")])
        + room("HTTP", wireUses: [httpTypes], netUses: [httpTypes, "CZlib"])
        + room("IRC"),
    swiftLanguageModes: [.v6]
)

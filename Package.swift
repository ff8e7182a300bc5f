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

/// A room: one protocol with its two doors, `Wire` (bytes to events, no I/O) and `Net` (on the engine).
func room(_ name: String, wireUses: [Target.Dependency] = [], netUses: [Target.Dependency] = [])
    -> [Target]
{
    [
        layer(name + "Wire", path: name + "/Wire", uses: [wire] + wireUses),
        layer(name, path: name + "/Net", uses: [wire, engine, ours(name + "Wire")] + netUses),
    ]
}

/// The tests of one or more modules: folder `Tests/<name>Tests`.
func tests(_ name: String, uses: [Target.Dependency]) -> Target {
    .testTarget(
        name: brand + name + "Tests", dependencies: uses, path: "Tests/" + name + "Tests",
        swiftSettings: house)
}

func ours(_ name: String) -> Target.Dependency { .target(name: brand + name) }

let wire = ours("Wire")
let engine = ours("Engine")
let engineTesting = ours("EngineTesting")

let package = Package(
    name: "fairlead",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: brand + "Wire", targets: [brand + "Wire"]),
        .library(name: brand + "Engine", targets: [brand + "Engine"]),
        .library(name: brand + "EngineTesting", targets: [brand + "EngineTesting"]),
        .library(name: brand + "NMEAWire", targets: [brand + "NMEAWire"]),
    ],
    targets: [
        .target(name: "CSystem", path: "Sources/CSystem"),
        layer("Wire"),
        layer("Engine", uses: ["CSystem", wire]),
        layer("EngineTesting", uses: [engine, wire]),
        .target(name: "CMath", path: "Sources/CMath"),
        layer("NMEAWire", path: "NMEA/Wire", uses: [wire, "CMath"]),
        tests("Wire", uses: [wire]),
        tests("NMEAWire", uses: [ours("NMEAWire"), wire]),
        tests("Engine", uses: [engine, engineTesting, wire]),
        tests("Tidy", uses: []),
    ],
    swiftLanguageModes: [.v6]
)

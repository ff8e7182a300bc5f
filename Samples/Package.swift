// swift-tools-version: 6.3
// The samples, a package of their own on the engine beside them: a folder each.
import PackageDescription

let ours: [Target.Dependency] = [
    "FairleadEngine", "FairleadIRC", "FairleadIRCWire", "FairleadNMEA", "FairleadNMEAWire",
    "FairleadWire",
].map {
    .product(name: $0, package: "fairlead")
}

let http: [Target.Dependency] = ["FairleadHTTP", "FairleadHTTPWire"].map {
    .product(name: $0, package: "fairlead")
}

func sample(_ name: String, _ rooms: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: name, dependencies: ours + rooms,
        swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
}

let package = Package(
    name: "samples",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "fairlead", path: "..")],
    targets: [
        "AsyncEcho", "ChatServer", "Decode", "EchoClient", "EchoServer", "IRCBot", "IRCServer",
        "MergeTwo", "MulticastPair", "NMEATail", "PositionWatch", "SerialBridge",
    ].map { sample($0) } + ["Fetch", "HelloHTTP", "TinyWeb"].map { sample($0, http) },
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.3
// The samples, a package of their own on the engine beside them: a folder each.
import PackageDescription

let ours: [Target.Dependency] = [
    "FairleadEngine", "FairleadIRC", "FairleadIRCWire", "FairleadNMEA", "FairleadNMEAWire",
    "FairleadWire",
].map {
    .product(name: $0, package: "fairlead")
}

let package = Package(
    name: "samples",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "fairlead", path: "..")],
    targets: [
        "AsyncEcho", "ChatServer", "Decode", "EchoClient", "EchoServer", "IRCBot", "IRCServer",
        "MergeTwo", "MulticastPair", "NMEATail", "PositionWatch", "SerialBridge",
    ].map {
        .executableTarget(
            name: $0, dependencies: ours,
            swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
    },
    swiftLanguageModes: [.v6]
)

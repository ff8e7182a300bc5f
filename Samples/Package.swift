// swift-tools-version: 6.3
// The samples, a package of their own on the engine beside them: a folder each.
import PackageDescription

let engine: [Target.Dependency] = ["FairleadEngine", "FairleadWire"].map {
    .product(name: $0, package: "fairlead")
}

let irc: [Target.Dependency] = ["FairleadIRC", "FairleadIRCWire"].map {
    .product(name: $0, package: "fairlead")
}

let package = Package(
    name: "samples",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "fairlead", path: "..")],
    targets: [
        "AsyncEcho", "ChatServer", "EchoClient", "EchoServer", "MulticastPair", "SerialBridge",
    ].map {
        .executableTarget(
            name: $0, dependencies: engine,
            swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
    }
        + ["IRCBot", "IRCServer"].map {
            .executableTarget(
                name: $0, dependencies: engine + irc,
                swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
        },
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.3
// The samples, a package of their own on the engine beside them.
import PackageDescription

let engine = Target.Dependency.product(name: "FairleadEngine", package: "fairlead")

let package = Package(
    name: "samples",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "fairlead", path: "..")],
    targets: ["AsyncEcho", "EchoServer"].map {
        .executableTarget(
            name: $0, dependencies: [engine],
            swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
    },
    swiftLanguageModes: [.v6]
)

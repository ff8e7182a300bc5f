import Testing

@Suite struct LayerTests {
    static let manifest = """
        func layer(_ name: String, path: String? = nil) -> Target {}
        let wire = ours("Wire")
        let engine = ours("Engine")
        let package = Package(
            targets: [
                .target(name: "CSystem", path: "Sources/CSystem"),
                layer("Wire"),
                layer("Engine", uses: ["CSystem", wire]),
                layer("Gateway", path: "Hub", uses: [engine, ours("NMEAWire")]),
                tests("Wire", uses: [wire]),
            ] + room("HTTP", netUses: ["COpenSSL"])
                + room("NMEA", wireUses: [ours("Units")])
        )
        """

    static let layers = Layer.all(in: manifest)

    @Test func readsTheTableInTheManifest() {
        let expected = [
            Layer(name: "FairleadWire", folder: "Sources/Wire", uses: []),
            Layer(
                name: "FairleadEngine", folder: "Sources/Engine",
                uses: ["CSystem", "FairleadWire"]),
            Layer(
                name: "FairleadGateway", folder: "Sources/Hub",
                uses: ["FairleadEngine", "FairleadNMEAWire"]),
            Layer(name: "FairleadHTTPWire", folder: "Sources/HTTP/Wire", uses: ["FairleadWire"]),
            Layer(
                name: "FairleadHTTP", folder: "Sources/HTTP/Net",
                uses: ["FairleadWire", "FairleadEngine", "FairleadHTTPWire", "COpenSSL"]),
            Layer(
                name: "FairleadNMEAWire", folder: "Sources/NMEA/Wire",
                uses: ["FairleadWire", "FairleadUnits"]),
            Layer(
                name: "FairleadNMEA", folder: "Sources/NMEA/Net",
                uses: ["FairleadWire", "FairleadEngine", "FairleadNMEAWire"]),
        ]
        #expect(Self.layers == expected)
    }

    @Test(arguments: [
        ("Wire/A", "FairleadEngine", false), ("Wire/A", "Glibc", false),
        ("Wire/A", "Foundation", false), ("Wire/B/A", "Synchronization", false),
        ("Engine/A", "FairleadWire", true), ("Engine/A", "CSystem", true),
        ("Engine/A", "Glibc", true), ("Engine/A", "Synchronization", true),
        ("Engine/A", "Foundation", false), ("Engine/A", "FairleadHTTP", false),
        ("HTTP/Wire/A", "FairleadWire", true), ("HTTP/Wire/A", "FairleadEngine", false),
        ("HTTP/Wire/A", "Glibc", false), ("HTTP/Net/A", "FairleadEngine", true),
        ("HTTP/Net/A", "FairleadHTTPWire", true), ("HTTP/Net/A", "COpenSSL", true),
        ("HTTP/Net/A", "FairleadNMEA", false), ("Hub/A", "FairleadNMEAWire", true),
    ])
    func filesImportWhatTheirLayerMay(file: String, module: String, isAllowed: Bool) {
        let rule = ImportRule(layers: Self.layers)
        for text in ["import \(module)", "public import \(module)", "import struct \(module).A"] {
            let found = rule.findings(in: SourceFile("Sources/\(file).swift", "\n" + text))
            #expect(found.isEmpty == isAllowed, "\(text)")
            #expect(found.allSatisfy { $0.line == 2 })
        }
        let quoted = SourceFile("Sources/Wire/A.swift", "// import X\nlet a = \"import X\"")
        #expect(rule.findings(in: quoted).isEmpty)
    }

    @Test func everyFolderIsInTheTable() {
        let rule = ImportRule(layers: Self.layers)
        #expect(rule.findings(in: SourceFile("Sources/Other/A.swift", "let a = 1")).count == 1)
        #expect(rule.findings(in: SourceFile("Tests/Other/A.swift", "import X")).isEmpty)
    }
}

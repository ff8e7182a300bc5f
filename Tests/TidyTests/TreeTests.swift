// The habits of the house (DESIGN.md, section 5), on the tree as it is. There is no list of
// exceptions: what cannot be kept is changed in the rule, for everyone.
import Testing

@Suite struct TreeTests {
    /// Read once for all tests.
    static let ours = Result { try Tree.ours() }

    let tree: Tree

    init() throws { tree = try Self.ours.get() }

    private func expectNoFinding(_ rule: any Rule) {
        let findings = tree.files.flatMap { rule.findings(in: $0) }
        #expect(findings.isEmpty, "\n\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test func linesFilesAndFunctionsAreShort() { expectNoFinding(LengthRule()) }

    @Test func mostFunctionsAreVeryShort() {
        let lengths = tree.files.filter { $0.isIn("Sources") }
            .flatMap(\.declarations).filter(\.isFunction).map(\.lineCount)
        let usual = lengths.count { $0 <= LengthRule.usualFunctionLines }
        #expect(lengths.count > 100)
        #expect(usual * 10 >= lengths.count * 9, "\(usual) of \(lengths.count)")
    }

    @Test func longFilesOpenWithWhatTheyAre() { expectNoFinding(OpeningRule()) }

    @Test func bannedWordsDoNotOccur() { expectNoFinding(WordRule()) }

    @Test func unsafeStandsInTheNamedFilesOnly() { expectNoFinding(UnsafeRule()) }

    @Test func everyPlaceOfUnsafeExists() {
        for place in UnsafeRule.places {
            #expect(tree.files.contains { $0.path.hasPrefix(place) }, "\(place)")
        }
    }

    @Test func filesAreNamedForTheirNoun() { expectNoFinding(NameRule(tree.files)) }

    @Test func importsFollowTheTableInPackageSwift() throws {
        let manifest = try #require(tree.files.first { $0.path == "Package.swift" })
        let layers = Layer.all(in: manifest.lines.joined(separator: "\n"))
        expectNoFinding(ImportRule(layers: layers))
        #expect(layers.contains { $0.name == "FairleadWire" && $0.uses.isEmpty })
        #expect(layers.contains { $0.name == "FairleadEngine" && $0.uses.count == 2 })
    }

    @Test func publicContractsAreDocumented() {
        expectNoFinding(DocumentationRule(tree.files))
    }

    @Test func everyTestCanFail() { expectNoFinding(ExpectationRule(tree.files)) }

    @Test func nothingThatABuildMakesIsTracked() throws {
        if let paths = try tree.trackedPaths() {
            #expect(Tree.products(in: paths) == [])
            #expect(paths.contains("Package.swift"))
        } else {
            // Not a repository: then at least it would be ignored.
            #expect(tree.files.contains { $0.path == "Package.swift" })
        }
    }
}

import FairleadEngine
import Foundation
import Testing

/// What the README shows is what there is.
@Suite struct ReadmeTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test func itsTableOfEndpointsIsTheRegistrys() throws {
        let readme = try Self.text("README.md")
        #expect(
            readme.contains(Endpoints.standard.table),
            "put this in:\n\(Endpoints.standard.table)")
    }

    /// Each Swift block stands under the path of the file that it is, and that is compiled.
    @Test func itsSwiftIsThatOfTheSamples() throws {
        let parts = try Self.text("README.md").components(separatedBy: "```swift\n")
        #expect(parts.count >= 3)
        for (before, after) in zip(parts, parts.dropFirst()) {
            let code = try #require(after.components(separatedBy: "```").first)
            let mark = before.split(separator: "\n").last.map(String.init) ?? ""
            #expect(mark.hasPrefix("<!-- Samples/") && mark.hasSuffix(" -->"), "\(mark)")
            let path = mark.dropFirst(5).dropLast(4)
            #expect(try Self.text(String(path)) == code, "\(path) differs from the README")
        }
    }
}

// The corpora that the fuzzers have found, replayed: each file reached something that no other
// does, or broke something once.
import Foundation
import Testing

@Suite struct CorpusTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Corpus")

    static func files(_ name: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appendingPathComponent(name), includingPropertiesForKeys: nil)
    }

    @Test(arguments: fuzzers.map(\.name))
    func everyInputThatWasFoundPasses(name: String) throws {
        let fuzzer = try #require(fuzzers.first { $0.name == name }?.fuzzer)
        let files = try Self.files(name)
        #expect(files.count >= 5)
        for file in files {
            let violation = fuzzer.violation(Array(try Data(contentsOf: file)))
            #expect(violation == nil, "\(name)/\(file.lastPathComponent)")
        }
    }

    @Test(arguments: fuzzers.map(\.name))
    func anythingCutShortPassesToo(name: String) throws {
        let fuzzer = try #require(fuzzers.first { $0.name == name }?.fuzzer)
        for file in try Self.files(name) {
            let bytes = Array(try Data(contentsOf: file))
            for count in 0..<min(bytes.count, 64) {
                let violation = fuzzer.violation(Array(bytes.prefix(count)))
                #expect(violation == nil, "\(name)/\(file.lastPathComponent), \(count) bytes")
            }
        }
    }

    @Test func everyCorpusHasAFuzzer() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(folders) == Set(fuzzers.map(\.name)))
    }
}

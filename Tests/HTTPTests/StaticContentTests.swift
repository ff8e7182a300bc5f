// Files by path: what is served, with its conditions, ranges and compressed twin, and what never
// is (H20): ten thousand paths made of the pieces that others fell over bring nothing from outside
// the table.
import FairleadEngine
import FairleadHTTP
import FairleadHTTPWire
import Foundation
import HTTPTypes
import Testing

@Suite struct StaticContentTests {
    private func content() -> Router {
        let content = StaticContent()
        content.add("index.html", text: "<p>home</p>")
        content.add("ten.txt", Array("0123456789".utf8), modified: HTTPDate(seconds: 784_111_777))
        content.add("docs/index.html", text: "docs")
        content.add("long.css", text: String(repeating: "a{b:c}", count: 300))
        let router = Router()
        content.mount(on: router)
        return router
    }

    private func ask(_ path: String, _ fields: String = "") throws -> Answer {
        var answer: Answer?
        try withServer(content().handle) { rig in
            answer = try Answer.one(in: rig.exchange(get(path, fields)))
        }
        return try #require(answer)
    }

    @Test(arguments: [
        ("/", 200, "<p>home</p>"), ("/index.html", 200, "<p>home</p>"), ("/docs/", 200, "docs"),
        ("/ten.txt", 200, "0123456789"), ("/docs", 301, ""), ("/nothing", 404, "{"),
        ("/ten.txt/", 404, "{"),
    ])
    func filesAreServed(path: String, status: Int, body: String) throws {
        let answer = try ask(path)
        #expect(answer.status == status)
        #expect(status == 404 ? answer.body.hasPrefix(body) : answer.body == body)
        if status == 301 { #expect(answer.fields[.location] == "/docs/") }
        if status == 200 { #expect(answer.fields[.eTag] != nil) }
    }

    /// H20: nothing from outside the table.
    @Test(arguments: [
        "/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5cetc",
        "/docs/..%2f..%2fetc", "/%c0%ae%c0%ae/etc", "/%252e%252e/etc/passwd", "//etc/passwd",
        "/./ten.txt", "/docs/../ten.txt", "/%2fetc%2fpasswd", "/ten.txt%2f..", "/..", "/.",
    ])
    func nothingIsServedFromElsewhere(path: String) throws {
        let answer = try ask(path)
        #expect([400, 404].contains(answer.status))
        #expect(answer.fields[.contentType] == "application/problem+json")
    }

    /// The same with ten thousand paths made of the pieces that others fell over.
    @Test func noMixtureOfPiecesLeadsOut() throws {
        var random = SeededRandom(20)
        let pieces = [
            "..", ".", "/", "%2f", "%2F", "%5c", "%2e", "%2E%2e", "%252e", "%c0%ae", "%c0%af",
            "etc",
            "passwd", "ten.txt", "docs", ";", "%20", "~", "%uff0e",
        ]
        try withServer(content().handle) { rig in
            var transport = try rig.connect()
            var served = 0
            for _ in 0..<10_000 {
                let path = "/" + random.some(of: pieces, upTo: 8).joined()
                transport.feed(get(path))
                let isOver = transport.isWriteEnded
                let answer = try Answer.one(in: transport.takeWrittenText())
                if answer.status == 200 {
                    served += 1
                    #expect(["<p>home</p>", "0123456789", "docs"].contains(answer.body), "\(path)")
                }
                if isOver {
                    transport.endInput()
                    try rig.pass(.milliseconds(1))
                    transport = try rig.connect()
                }
            }
            #expect(served > 0)
        }
    }

    @Test func aStateThatIsKnownIsNotSentAgain() throws {
        let first = try ask("/ten.txt")
        let tag = try #require(first.fields[.eTag])
        #expect(first.fields[.lastModified] == "Sun, 06 Nov 1994 08:49:37 GMT")
        let same = try ask("/ten.txt", "If-None-Match: \(tag)\r\n")
        #expect(same.status == 304 && same.body.isEmpty && same.fields[.eTag] == tag)
        #expect(same.fields[.contentType] == nil)
        let date = "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
        #expect(try ask("/ten.txt", date).status == 304)
        #expect(try ask("/ten.txt", "If-Match: \"x\"\r\n").status == 412)
    }

    @Test(arguments: [
        ("bytes=0-3", 206, "0123", "bytes 0-3/10"), ("bytes=-2", 206, "89", "bytes 8-9/10"),
        ("bytes=10-", 416, "{", "bytes */10"), ("bytes=x", 200, "0123456789", ""),
        ("bytes=0-4,3-5", 200, "0123456789", ""),
    ])
    func rangesAreServed(range: String, status: Int, body: String, label: String) throws {
        let answer = try ask("/ten.txt", "Range: \(range)\r\n")
        #expect(answer.status == status && answer.fields[.contentRange] ?? "" == label)
        #expect(status == 416 ? answer.body.hasPrefix(body) : answer.body == body)
    }

    @Test func severalRangesAreParts() throws {
        let answer = try ask("/ten.txt", "Range: bytes=0-1,8-9\r\n")
        let type = try #require(MediaType(answer.fields[.contentType] ?? ""))
        let boundary = try #require(type.parameters["boundary"])
        #expect(answer.status == 206 && type.essence == "multipart/byteranges")
        #expect(
            answer.body
                == "--\(boundary)\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Range: bytes 0-1/10\r\n\r\n01\r\n"
                + "--\(boundary)\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Range: bytes 8-9/10\r\n\r\n89\r\n--\(boundary)--\r\n")
    }

    @Test func aRangeOfAnotherStateIsNone() throws {
        let answer = try ask("/ten.txt", "Range: bytes=0-1\r\nIf-Range: \"other\"\r\n")
        #expect(answer.status == 200)
    }

    @Test func theCompressedTwinHasItsOwnTag() throws {
        var tags: [String?] = []
        try withServer(content().handle) { rig in
            for fields in ["", "Accept-Encoding: gzip\r\n"] {
                let text = try rig.exchange(
                    "HEAD /long.css HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
                let answer = try Answer.one(in: text, to: .head)
                #expect(answer.fields[.vary] == "Accept-Encoding")
                #expect(answer.fields[.contentEncoding] == (fields.isEmpty ? nil : "gzip"))
                tags.append(answer.fields[.eTag])
            }
        }
        #expect(tags.count == 2 && tags[0] != tags[1])
    }

    @Test func aFolderIsReadAtTheStart() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("fairlead-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("sub"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("one".utf8).write(to: folder.appendingPathComponent("a.txt"))
        try Data("two".utf8).write(to: folder.appendingPathComponent("sub/b.txt"))
        try Data("no".utf8).write(to: folder.appendingPathComponent(".secret"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent("link").path, withDestinationPath: "/etc/passwd")
        let content = try StaticContent(folder: folder.path)
        #expect(content.names == ["a.txt", "sub/b.txt"] && content.byteCount == 6)
        #expect(throws: SystemError.self) {
            try StaticContent(folder: folder.path, maximum: 4)
        }
        #expect(throws: SystemError.self) {
            try StaticContent(folder: folder.path + "/nothing")
        }
    }
}

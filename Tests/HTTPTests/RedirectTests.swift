import FairleadEngineTesting
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct RedirectTests {
    private func redirect(_ status: Int, _ location: String) -> String {
        "HTTP/1.1 \(status) X\r\nLocation: \(location)\r\nContent-Length: 2\r\n\r\nno"
    }

    /// H10: what tells who we are goes to no other origin.
    @Test(arguments: [
        ("http://127.0.0.1:1/", "http://127.0.0.2:1/", false),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", false),
        ("https://h/", "http://h/", false), ("http://h/", "https://h/", false),
        ("http://h/", "http://h.evil/", false), ("http://h/", "//evil/", false),
        ("http://h/a", "/b", true), ("http://h/a", "http://H:80/b", true),
    ])
    func credentialsStayWithTheirOrigin(from: String, to: String, stay: Bool) throws {
        try withClient { rig in
            let fields: HTTPFields = [
                .authorization: "Bearer secret", .cookie: "id=secret",
                .proxyAuthorization: "secret", .acceptLanguage: "de",
            ]
            let fetch = try rig.fetch(ClientRequest(url(from), fields: fields))
            #expect(try rig.last.takeWrittenText().contains("secret"))
            try rig.last.feed(redirect(302, to))
            try rig.settle()
            let second = try rig.last.takeWrittenText()
            #expect(second.contains("secret") == stay && second.contains("Accept-Language: de"))
            try rig.last.feed(response("here"))
            try rig.settle()
            #expect(fetch.response?.text == "here")
            #expect(rig.connections.count == (stay ? 1 : 2))
        }
    }

    @Test(arguments: [
        (301, HTTPRequest.Method.post, "GET"), (302, .post, "GET"), (303, .put, "GET"),
        (303, .head, "HEAD"), (307, .post, "POST"), (308, .post, "POST"), (301, .put, "PUT"),
        (302, .get, "GET"),
    ])
    func methodsChangeAsTheyShould(status: Int, method: HTTPRequest.Method, then: String) throws {
        try withClient { rig in
            let body: ClientRequest.Body = method == .get || method == .head ? .none : .bytes([65])
            let request = ClientRequest(try url("http://h/"), method: method, body: body)
            _ = try rig.fetch(request)
            _ = try rig.last.takeWritten()
            let answer = redirect(status, "/next")
            try rig.last.feed(method == .head ? String(answer.dropLast(2)) : answer)
            try rig.settle()
            let text = try rig.last.takeWrittenText()
            #expect(text.hasPrefix("\(then) /next HTTP/1.1\r\n"))
            #expect(text.hasSuffix("A") == (then == "POST" || then == "PUT"))
        }
    }

    @Test func redirectsAreBounded() throws {
        var limits = HTTPLimits()
        limits.redirects = 3
        try withClient(limits) { rig in
            let fetch = try rig.fetch(ClientRequest(url("http://h/")))
            var count = 0
            while fetch.result == nil, count < 10 {
                count += 1
                try rig.last.feed(redirect(302, "/"))
                try rig.settle()
            }
            #expect(fetch.error == .tooManyRedirects && count == 4)
        }
    }

    @Test func aCallerMayLookAtThemItself() throws {
        try withClient { rig in
            var request = ClientRequest(try url("http://h/"))
            request.redirects = 0
            let fetch = try rig.fetch(request)
            try rig.last.feed(redirect(302, "/next"))
            try rig.settle()
            #expect(fetch.response?.status == 302 && fetch.response?.text == "no")
        }
    }

    /// H9: a target that is no address, or one with markup, leads nowhere bad.
    @Test(arguments: ["ftp://h/", "javascript:alert(1)", "http://a@b/", "ws://h/"])
    func whatIsNoAddressIsNotFollowed(location: String) throws {
        try withClient { rig in
            let fetch = try rig.fetch(ClientRequest(url("http://h/")))
            try rig.last.feed(redirect(302, location))
            try rig.settle()
            #expect(fetch.error == .badRedirect)
        }
    }

    @Test func markupIsEncoded() throws {
        try withClient { rig in
            _ = try rig.fetch(ClientRequest(url("http://h/")))
            _ = try rig.last.takeWritten()
            try rig.last.feed(redirect(302, "http://h/\"><script>alert(1)</script>"))
            try rig.settle()
            let text = try rig.last.takeWrittenText()
            #expect(text.hasPrefix("GET /%22%3E%3Cscript%3Ealert(1)%3C/script%3E HTTP/1.1\r\n"))
        }
    }

    @Test func aStreamCannotGoTwice() throws {
        try withClient { rig in
            let body = ClientRequest.Body.stream(length: 1) { call in
                call.write([65])
                call.finish()
            }
            let fetch = try rig.fetch(ClientRequest(url("http://h/"), method: .post, body: body))
            try rig.last.feed(redirect(307, "/next"))
            try rig.settle()
            #expect(fetch.error == .badRedirect)
        }
    }
}

// Routes and middlewares, seen from outside: which path finds which pattern, which method is told
// what, and which page of another site gets nothing (B2, B3). Each test is a request and what is
// answered.
import FairleadHTTP
import FairleadHTTPWire
import HTTPTypes
import Testing

@Suite struct RouterTests {
    private func router() -> Router {
        let router = Router()
        let tell: HTTPHandler = { exchange in
            let parameters = exchange.parameters.sorted { $0.key < $1.key }
            exchange.respond(
                text: (exchange.route ?? "") + parameters.map { " \($0.key)=\($0.value)" }.joined())
        }
        for pattern in ["/", "/a", "/a/:x", "/a/:x/b", "/a/c", "/files/*path", "/:x/:y/z"] {
            router.get(pattern, tell)
        }
        router.post("/a", tell)
        return router
    }

    @Test(arguments: [
        ("/", "/"), ("/a", "/a"), ("/a?b", "/a"), ("/a/1", "/a/:x x=1"), ("/a/c", "/a/c"),
        ("/a/%20é".encodedForPath, "/a/:x x= é"), ("/a/1/b", "/a/:x/b x=1"),
        ("/a/c/b", "/a/:x/b x=c"), ("/files/1/2.txt", "/files/*path path=1/2.txt"),
        ("/files/", "/files/*path path="), ("/a/b/z", "/:x/:y/z x=a y=b"), ("/%61", "/a"),
    ])
    func pathsFindTheirRoute(path: String, found: String) throws {
        try withServer(router().handle) { rig in
            let answer = try Answer.one(in: rig.exchange(get(path)))
            #expect(answer.status == 200 && answer.body == found)
        }
    }

    @Test(arguments: [
        ("/b", 404), ("/a/", 404), ("/a/1/c", 404), ("/A", 404), ("/a/../a", 400), ("/a//b", 400),
        ("/a/%2e%2e", 400), ("/a%2fc", 400), ("/a/%ff", 400),
    ])
    func otherPathsFindNone(path: String, status: Int) throws {
        try withServer(router().handle) { rig in
            let answer = try Answer.one(in: rig.exchange(get(path)))
            #expect(answer.status == status)
        }
    }

    @Test(arguments: [
        ("PUT", 405, "GET, HEAD, OPTIONS, POST"), ("OPTIONS", 204, "GET, HEAD, OPTIONS, POST"),
        ("FLY", 501, ""), ("get", 501, ""), ("POST", 200, ""),
    ])
    func methodsAreThoseOfTheRoute(method: String, status: Int, allow: String) throws {
        try withServer(router().handle) { rig in
            let text = try rig.exchange("\(method) /a HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try Answer.one(in: text)
            #expect(answer.status == status && answer.fields[.allow] ?? "" == allow)
        }
    }

    @Test func theWholeServerHasOptions() throws {
        try withServer(router().handle) { rig in
            let answer = try Answer.one(in: rig.exchange("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"))
            #expect(answer.status == 204)
        }
    }

    /// H15: labels are patterns, however many paths are asked for.
    @Test func labelsDoNotGrowWithPaths() throws {
        let router = router()
        var labels: Set<String> = []
        router.use { exchange, next in
            next(exchange)
            labels.insert(exchange.route ?? "none")
        }
        try withServer(router.handle) { rig in
            let transport = try rig.connect()
            for number in 0..<500 {
                transport.feed(get("/a/\(number)") + get("/random\(number)"))
            }
        }
        #expect(labels == ["/a/:x", "none"])
    }

    /// H9: what cannot be found is not repeated to whoever asked.
    @Test func errorsDoNotEchoMarkup() throws {
        try withServer(router().handle) { rig in
            let text = try rig.exchange(get("/%3Cscript%3Ealert(1)%3C/script%3E"))
            #expect(!text.contains("script"))
        }
    }

    @Test func middlewaresAreNested() throws {
        let router = router()
        var order: [Int] = []
        for number in [1, 2] {
            router.use { exchange, next in
                order.append(number)
                exchange.addResponseFilter { _ in order.append(-number) }
                next(exchange)
            }
        }
        try withServer(router.handle) { rig in _ = try rig.exchange(get()) }
        #expect(order == [1, 2, -2, -1])
    }

    /// B2, B3: a page of another site changes nothing; a form cannot say JSON.
    @Test(arguments: [
        ("Origin: https://evil.example\r\nContent-Type: application/json\r\n", 403),
        ("Origin: null\r\nContent-Type: application/json\r\n", 403),
        ("Origin: http://localhost:80\r\nContent-Type: application/json; a=b\r\n", 200),
        ("Content-Type: application/json\r\n", 200), ("Content-Type: text/plain\r\n", 415),
        ("", 415),
    ])
    func pagesOfOtherSitesAreRefused(fields: String, status: Int) throws {
        let router = Router()
        router.use(Middlewares.sameOrigin(.loopback))
        router.use(Middlewares.accepting("application/json"))
        router.post("/") { $0.respond(text: "") }
        try withServer(router.handle) { rig in
            let answer = try Answer.one(in: rig.exchange(post("{}", fields)))
            #expect(answer.status == status)
        }
    }

    @Test func fieldsAreAdded() throws {
        let router = router()
        router.use(Middlewares.fields([.contentSecurityPolicy: "default-src 'self'"]))
        try withServer(router.handle) { rig in
            let answer = try Answer.one(in: rig.exchange(get("/nothing")))
            #expect(answer.fields[.contentSecurityPolicy] == "default-src 'self'")
        }
    }

    @Test func bodiesAreCompressedWhenAskedFor() throws {
        let router = Router()
        router.use(Middlewares.gzip())
        router.get("/long") { $0.respond(text: String(repeating: "fairlead ", count: 200)) }
        router.get("/short") { $0.respond(text: "short") }
        try withServer(router.handle) { rig in
            let plain = try Answer.one(in: rig.exchange(get("/long")))
            #expect(plain.fields[.contentEncoding] == nil && plain.body.utf8.count == 1800)
            let refused = try rig.exchange(get("/long", "Accept-Encoding: gzip;q=0\r\n"))
            #expect(try Answer.one(in: refused).fields[.contentEncoding] == nil)
            let small = try rig.exchange(get("/long", "Accept-Encoding: br, gzip\r\n"))
            #expect(small.contains("Content-Encoding: gzip\r\n") && small.utf8.count < 600)
            let short = try rig.exchange(get("/short", "Accept-Encoding: gzip\r\n"))
            #expect(try Answer.one(in: short).body == "short")
        }
    }
}

extension String {
    /// With everything encoded that may not stand in a path.
    fileprivate var encodedForPath: String { PercentCoding.encoded(self, leaving: "/%") }
}

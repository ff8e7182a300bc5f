import FairleadHTTP
import Testing

@Suite struct HostListTests {
    /// B1: names are compared whole.
    @Test(arguments: [
        ("localhost", true), ("LOCALHOST:8080", true), ("127.0.0.1", true), ("[::1]:80", true),
        ("evil.example", false), ("127.0.0.1.evil.example", false), ("localhost.evil", false),
        ("", false), ("localhost:99999", false), ("a@localhost", false), ("evillocalhost", false),
    ])
    func hostsAreComparedWhole(host: String, isAllowed: Bool) {
        #expect(HostList.loopback.allows(host: host) == isAllowed)
    }

    /// B2: an origin is a page of ours, or none.
    @Test(arguments: [
        ("http://localhost:8080", true), ("https://127.0.0.1", true), ("null", false),
        ("https://evil.example", false), ("http://localhost.evil.example", false),
        ("http://evil.example/localhost", false), ("http://localhost@evil.example", false),
        ("file://", false), ("localhost", false), ("", false),
    ])
    func originsAreComparedWhole(origin: String, isAllowed: Bool) {
        #expect(HostList.loopback.allows(origin: origin) == isAllowed)
    }
}

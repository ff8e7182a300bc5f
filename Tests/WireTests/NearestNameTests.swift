import FairleadWire
import Testing

@Suite struct NearestNameTests {
    static let known = ["tcp", "tcp6", "udp", "unix", "serial", "systemd", "stdio", "exec", "file"]

    @Test(arguments: [
        ("tpc", "tcp"), ("tcp5", "tcp6"), ("TCP", "tcp"), ("Serial", "serial"),
        ("seral", "serial"), ("serrial", "serial"), ("sreial", "serial"), ("seriel", "serial"),
        ("srieal", "serial"), ("sys", "systemd"), ("e", "exec"), ("stdoi", "stdio"),
        ("systmed", "systemd"), ("unx", "unix"),
    ])
    func findsWhatASlipMeant(name: String, meant: String) {
        #expect(nearestName(to: name, in: Self.known) == meant)
    }

    @Test(arguments: [
        "", "x", "s", "t", "http", "abcdef", "serialport", "xyz", "u",
        String(repeating: "s", count: 100),
    ])
    func suggestsNothingForWhatIsFarAwayOrAmbiguous(name: String) {
        #expect(nearestName(to: name, in: Self.known) == nil)
    }

    @Test func knowsNothingWithoutNames() {
        #expect(nearestName(to: "tcp", in: []) == nil)
        #expect(nearestName(to: "tcp", in: [""]) == nil)
    }

    @Test func takesTheNearestOfSeveral() {
        #expect(nearestName(to: "timeot", in: ["timer", "timeout", "time"]) == "timeout")
    }
}

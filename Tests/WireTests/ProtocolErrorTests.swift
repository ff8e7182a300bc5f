import FairleadWire
import Testing

@Suite struct ProtocolErrorTests {
    @Test func saysWhoseFaultItWas() {
        let remote = ProtocolError(.remote, "PROXY", "no header")
        let local = ProtocolError(.local, "line", "too long")
        #expect(remote.description == "PROXY: no header")
        #expect(local.description == "line: too long (our fault)")
        #expect(remote != local)
    }
}

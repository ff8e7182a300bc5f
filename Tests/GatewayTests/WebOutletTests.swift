// The web outlet over real sockets, asked in plain HTTP as any client would: what is known, what is
// not, who may ask, and the event stream. What the HTTP room promises is tested there; this is
// what the gateway says.

import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadObservability
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite(.serialized, .timeLimit(.minutes(1))) struct WebOutletTests {
    private final class Page: StreamProtocol {
        var text = ""
        var hasEnded = false
        let request: String
        init(_ request: String) { self.request = request }
        func connectionMade(on transport: any Transport) { transport.write(request) }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            text += String(decoding: bytes)
        }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            hasEnded = true
        }
        /// The status of the answer.
        var status: Substring? { text.split(separator: " ").dropFirst().first }
        var body: String {
            text.ranges(of: "\r\n\r\n").first.map { String(text[$0.upperBound...]) } ?? ""
        }
    }

    private struct Desk {
        let harness: ReactorHarness
        let hub: Hub
        let path: String

        func open(_ target: String, host: String = "localhost", close: Bool = true) throws -> Page {
            let last = close ? "Connection: close\r\n" : ""
            let page = Page("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\(last)\r\n")
            try harness.reactor.connect("unix:\(path)") { _ in
                page
            } completion: { _ in
            }
            return page
        }

        func get(_ target: String, host: String = "localhost") throws -> Page {
            let page = try open(target, host: host)
            try harness.turn("the answer") { page.hasEnded }
            return page
        }

        func fix(_ second: Int) -> Fix {
            var fix = Fix()
            fix.device = "/dev/gps0"
            fix.date = NMEADate(year: 2026, month: 11, day: 25)
            fix.time = NMEATime(hour: 8, minute: 0, second: second)
            fix.position = Coordinate(latitude: 50.5, longitude: -4.25)
            (fix.mode, fix.quality) = (.threeDimensional, .differential)
            return fix
        }
    }

    private func withDesk(_ body: (Desk) throws -> Void) throws {
        try withReactor { harness in
            let hub = Hub(on: harness.reactor)
            let path = "/tmp/fairlead-web-\(UInt64.random(in: 0 ... .max))"
            let registry = PrometheusRegistry()
            let metrics = GatewayMetrics(hub, registry)
            let parts = OutletParts(hub: hub) {
                metrics.update(hub.outlets)
                return registry.text()
            }
            hub.add(try WebOutlet("unix:\(path)", hosts: [], parts))
            try body(Desk(harness: harness, hub: hub, path: path))
            hub.stop()
            harness.reactor.later { harness.reactor.stop() }
            try harness.reactor.run()
        }
    }

    @Test func thePositionIsToldWithItsDeviceAndWhetherItIsStale() throws {
        try withDesk { desk in
            #expect(try desk.get("/v1/position").status == "503")
            let device = try #require(desk.hub.device("/dev/gps0", from: "serial:auto"))
            desk.hub.received(.position(desk.fix(1)), from: device)
            let page = try desk.get("/v1/position")
            #expect(page.status == "200")
            let json = try JSONParser().parse(page.body)
            #expect(json["latitude"]?.number == 50.5 && json["longitude"]?.number == -4.25)
            #expect(json["device"]?.string == "/dev/gps0" && json["mode"]?.integer == 3)
            #expect(json["time"]?.string == "2026-11-25T08:00:01.000Z")
            let age = try #require(json["age"]?.number)
            #expect(age >= 0 && json["isStale"]?.bool == (age > 10))
            #expect(try desk.get("/v1/position?device=/dev/gps0").status == "200")
            #expect(try desk.get("/v1/position?device=/dev/gps9").status == "404")
            #expect(try desk.get("/v1/satellites").status == "503")
            #expect(try desk.get("/nothing").status == "404")
        }
    }

    @Test func devicesAreListedWithTheirCounts() throws {
        try withDesk { desk in
            let device = try #require(desk.hub.device("/dev/<svg>", from: "serial:auto"))
            desk.hub.change(device, isPresent: true, state: "running", speed: 4800)
            let page = try desk.get("/v1/devices")
            #expect(!page.body.contains("<svg>"))
            let list = try JSONParser().parse(page.body)["devices"]?.array
            #expect(list?.first?["name"]?.string == "/dev/<svg>")
            #expect(list?.first?["speed"]?.integer == 4800)
            #expect(list?.first?["counts"]?["sentences"]?.integer == 0)
        }
    }

    @Test func metricsTellOfDevicesAndClientsAndForgetWhatIsGone() throws {
        try withDesk { desk in
            let device = try #require(desk.hub.device("/dev/\"gps\"", from: "serial:auto"))
            desk.hub.change(device, isPresent: true, state: "running", speed: 4800)
            device.counts.sentences = 7
            device.counts.badChecksum = 2
            desk.hub.received(.position(desk.fix(1)), from: device)
            let first = try desk.get("/metrics").body
            let label = "{device=\"/dev/\\\"gps\\\"\""
            #expect(first.contains("fairlead_sentences_total\(label)} 7\n"))
            #expect(first.contains("fairlead_rejected_total\(label),cause=\"badChecksum\"} 2\n"))
            #expect(first.contains("fairlead_device_present\(label)} 1\n"))
            #expect(first.contains("fairlead_device_fix_mode\(label)} 3\n"))
            #expect(first.contains("outlet=\"web on unix:\(desk.path)\"} 1\n"))
            device.counts.sentences = 9
            desk.hub.received(.noFix(Fix()), from: device)
            let second = try desk.get("/metrics").body
            #expect(second.contains("fairlead_sentences_total\(label)} 9\n"))
            #expect(second.contains("fairlead_device_fix_mode\(label)} 1\n"))
            desk.hub.forget(source: "serial:auto")
            #expect(!(try desk.get("/metrics").body.contains(label)))
        }
    }

    @Test func h15PathsThatAreNotThereMakeNoMetrics() throws {
        try withDesk { desk in
            let before = try desk.get("/metrics").body
            for number in 0..<300 { #expect(try desk.get("/x\(number)").status == "404") }
            #expect(try desk.get("/metrics").body == before)
        }
    }

    @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example"])
    func aNameThatIsNotThisMachinesIsNotAnswered(host: String) throws {
        try withDesk { desk in
            let device = try #require(desk.hub.device("/dev/gps0", from: "serial:auto"))
            desk.hub.received(.position(desk.fix(1)), from: device)
            let page = try desk.get("/v1/position", host: host)
            #expect(page.status == "421" && !page.text.contains("50.5"))
        }
    }

    @Test func eventsComeAsTheyHappen() throws {
        try withDesk { desk in
            let device = try #require(desk.hub.device("/dev/gps0", from: "serial:auto"))
            let page = try desk.open("/v1/events", close: false)
            try desk.harness.turn("the stream") { page.text.contains("text/event-stream") }
            desk.hub.received(.position(desk.fix(7)), from: device)
            try desk.harness.turn("the event") { page.text.contains("event: position") }
            #expect(page.text.contains("event: chosen"))
            #expect(page.text.contains("08:00:07"))
            desk.hub.change(device, isPresent: false, state: "busy")
            try desk.harness.turn("the change") { page.text.contains("event: device") }
        }
    }
}

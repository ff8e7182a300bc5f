import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadWire
import Testing

@testable import FairleadGateway

/// Keeps what it is told.
private final class Recorder: Outlet {
    let description = "recorder"
    var positions: [Fix] = []
    var events: [PositioningEvent] = []
    var changes: [String] = []
    var sentences: [UInt8] = []
    var isStopped = false

    func deviceChanged(_ device: GatewayDevice) {
        changes.append("\(device.name) \(device.isPresent) \(device.state)")
    }
    func received(_ batch: SentenceBatch, from device: GatewayDevice) { sentences += batch.bytes }
    func received(_ event: PositioningEvent, from device: GatewayDevice) { events.append(event) }
    func positionChosen(_ fix: Fix) { positions.append(fix) }
    func stop() { isStopped = true }
}

@Suite struct HubTests {
    private func fix(_ device: GatewayDevice, _ quality: Fix.Quality = .gps) -> PositioningEvent {
        var fix = Fix()
        fix.device = device.name
        fix.position = Coordinate(latitude: 50, longitude: 8)
        (fix.mode, fix.quality) = (.threeDimensional, quality)
        return .position(fix)
    }

    private func withHub(
        preferred: [String] = [], _ body: (ReactorHarness, Hub, Recorder) throws -> Void
    ) throws {
        try withSimulatedReactor { harness in
            let hub = Hub(on: harness.reactor, preferred: preferred)
            let recorder = Recorder()
            hub.add(recorder)
            try body(harness, hub, recorder)
            hub.stop()
            #expect(recorder.isStopped)
        }
    }

    @Test func eachEventIsToldOnceAndKeptAsTheNewest() throws {
        try withHub { _, hub, recorder in
            let device = try #require(hub.device("a", from: "serial:a"))
            hub.change(device, isPresent: true, state: "running", speed: 4800)
            hub.change(device, isPresent: true, state: "running", speed: 4800)
            hub.received(fix(device), from: device)
            #expect(recorder.changes == ["a true running"])
            #expect(recorder.events == [fix(device)])
            #expect(recorder.positions.count == 1 && hub.chosenDevice == "a")
            #expect(device.position != nil && device.epoch?.mode == .threeDimensional)
        }
    }

    @Test func anotherDeviceTakesOverWithinTwoSecondsOfSilence() throws {
        try withHub { harness, hub, recorder in
            let (first, second) = (
                try #require(hub.device("a", from: "x")), try #require(hub.device("b", from: "y"))
            )
            for _ in 0..<3 {
                hub.received(fix(first, .rtkFixed), from: first)
                try harness.turn(for: .milliseconds(500))
                hub.received(fix(second), from: second)
                try harness.turn(for: .milliseconds(500))
            }
            #expect(hub.chosenDevice == "a")
            let silence = harness.reactor.now
            while hub.chosenDevice == "a", harness.reactor.now.since(silence) < .seconds(10) {
                hub.received(fix(second), from: second)
                try harness.turn(for: .milliseconds(100))
            }
            #expect(hub.chosenDevice == "b")
            // It was silent for a second already.
            #expect(harness.reactor.now.since(silence) <= .seconds(2))
            #expect(recorder.positions.last?.device == "b")
        }
    }

    @Test func aDeviceThatIsPulledLosesThePositionAtOnce() throws {
        try withHub { _, hub, recorder in
            let (first, second) = (
                try #require(hub.device("a", from: "x")), try #require(hub.device("b", from: "y"))
            )
            hub.received(fix(first), from: first)
            hub.received(fix(second), from: second)
            hub.change(first, isPresent: false, state: "absent")
            #expect(recorder.positions.map(\.device) == ["a", "b"])
            hub.change(second, isPresent: false, state: "absent")
            #expect(recorder.positions.last?.position == nil && hub.chosenDevice == nil)
            #expect(hub.position?.position == nil)
        }
    }

    @Test func thePreferredDeviceSpeaksAsSoonAsItHasBeenThereForAWhile() throws {
        try withHub(preferred: ["b"]) { harness, hub, _ in
            let (first, second) = (
                try #require(hub.device("a", from: "x")), try #require(hub.device("b", from: "y"))
            )
            for _ in 0..<70 {
                hub.received(fix(first, .rtkFixed), from: first)
                hub.received(fix(second), from: second)
                try harness.turn(for: .milliseconds(100))
            }
            #expect(hub.chosenDevice == "b")
        }
    }

    @Test func moreDevicesThanTheLimitAreRefused() throws {
        try withHub { harness, hub, _ in
            harness.reactor.log = { _, _ in }
            for number in 0..<Hub.maximumDevices { _ = hub.device("\(number)", from: "x") }
            #expect(hub.device("one more", from: "x") == nil)
            #expect(hub.device("3", from: "x") != nil)
        }
    }

    @Test func aLateOutletHearsOfTheDevicesThatThereAre() throws {
        try withHub { _, hub, _ in
            let device = try #require(hub.device("a", from: "x"))
            hub.change(device, isPresent: true, state: "running")
            let late = Recorder()
            hub.add(late)
            #expect(late.changes == ["a true running"])
        }
    }
}

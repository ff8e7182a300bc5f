// The states of an attachment, each brought about by what brings it about in life, on a simulated
// line: a name, a message that says what to do, and a way back. The times are those of the
// simulated clock.
import FairleadDevices
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Glibc
import Testing

@Suite struct AttachmentStateTests {
    private let fixed = AttachmentOptions(SerialSettings(baud: 9600))

    @Test func aDeviceThatIsNotThereIsAwaited() throws {
        try withBench(speaks: SerialSettings(), options: fixed, isPlugged: false) { bench in
            bench.uart.talk(usualBurst, every: .seconds(1))
            bench.attachment.start()
            let calls = bench.kernel.trace.count
            try bench.harness.turn(for: .seconds(30))
            #expect(bench.states == [.absent])
            // Four looks a second: no loop turns for nothing.
            #expect(bench.kernel.trace.count - calls <= 30 * 4 * 2)
            bench.kernel.plug(bench.uart, as: SimulatedBench.node)
            let plugged = bench.elapsed
            try bench.harness.turn(within: .seconds(5)) { !bench.sentences.isEmpty }
            // One look every quarter of a second, then at most one burst's pause.
            #expect(bench.elapsed - plugged <= .milliseconds(1400))
            #expect(bench.states.map(\.name) == ["absent", "opening", "listening", "running"])
        }
    }

    @Test func aPullIsSeenAtOnceAndTheReturnWithinASecond() throws {
        var options = fixed
        options.settings = SerialSettings(baud: 115_200)
        let settings = SerialSettings(baud: 115_200)
        try withBench(speaks: settings, options: options) { bench in
            bench.uart.talk(quickBurst, every: .milliseconds(100))
            bench.attachment.start()
            try bench.harness.turn { bench.isRunning }
            for _ in 0..<20 {
                bench.kernel.unplug(SimulatedBench.node)
                try bench.harness.turn(within: .milliseconds(200)) {
                    bench.attachment.state == .absent
                }
                try bench.harness.turn(for: .seconds(7))
                let fresh = SimulatedUART(settings, on: bench.kernel)
                bench.kernel.plug(fresh, as: SimulatedBench.node)
                fresh.talk(quickBurst, every: .milliseconds(100))
                let heard = bench.sentences.count
                try bench.harness.turn(within: .seconds(1)) { bench.sentences.count > heard }
            }
            // A look costs the kernel nothing; it is made four times a second, no more.
            #expect(bench.openings == 21)
        }
    }

    @Test(arguments: [true, false])
    func aSilentDeviceIsNamedAndTriedAgainEverMoreRarely(isFixed: Bool) throws {
        let options = isFixed ? fixed : AttachmentOptions()
        try withBench(speaks: SerialSettings(), options: options) { bench in
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(30)) { bench.attachment.state == .silent }
            try bench.harness.turn(for: .seconds(600))
            #expect(bench.attachment.state == .silent)
            #expect(bench.states.filter { $0 == .silent }.count == 1)
            #expect(bench.log.filter { $0.1.contains("silent") }.count == 1)
            bench.uart.talk(usualBurst, every: .seconds(1))
            try bench.harness.turn(within: .seconds(60)) { bench.isRunning }
            #expect(bench.uart.received.isEmpty)
        }
    }

    @Test func aDeviceThatFallsSilentIsNoticed() throws {
        try withBench(speaks: SerialSettings(), options: fixed) { bench in
            bench.uart.send(usualBurst)
            bench.attachment.start()
            bench.kernel.after(.seconds(1)) { bench.uart.send(usualBurst) }
            try bench.harness.turn(within: .seconds(5)) { bench.isRunning }
            try bench.harness.turn(within: .seconds(15)) { bench.attachment.state == .silent }
            bench.uart.talk(usualBurst, every: .seconds(1))
            try bench.harness.turn(within: .seconds(30)) { bench.isRunning }
        }
    }

    @Test func oneThatRepeatsTheSameFixForEverIsNamedAndStillHandedOn() throws {
        let stuck = sentence("GPRMC,120000.00,A,5321.6802,N,00630.3372,W,0.0,0.0,280511,,,A")
        let alive = sentence("GPRMC,120001.00,A,5321.6802,N,00630.3372,W,0.0,0.0,280511,,,A")
        try withBench(speaks: SerialSettings(), options: fixed) { bench in
            for second in 1...300 {
                bench.kernel.after(.seconds(second)) {
                    bench.uart.send(second < 200 ? stuck : second == 200 ? alive : "")
                    if second > 200 {
                        bench.uart.send(
                            sentence(
                                "GPRMC,12\(1000 + second).00,A,5321.6,N,00630.3,W,0.0,,280511,,,A"))
                    }
                }
            }
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(30)) {
                bench.attachment.state.name == "repeating"
            }
            try bench.harness.turn(within: .seconds(200)) { bench.elapsed > .seconds(190) }
            #expect(bench.attachment.state.name == "repeating")
            #expect(bench.states.filter { $0.name == "repeating" }.count == 1)
            // It was opened anew now and then, and what it said in between is all there is.
            #expect(bench.openings > 2 && bench.sentences.count > 150)
            try bench.harness.turn(within: .seconds(30)) { bench.isRunning }
        }
    }

    @Test func aReceiverWithoutAFixIsNotStuck() throws {
        let waiting = sentence("GPRMC,,V,,,,,,,,,,N") + sentence("GPGGA,,,,,,0,00,99.99,,,,,,")
        try withBench(speaks: SerialSettings(), options: fixed) { bench in
            bench.uart.talk(waiting, every: .seconds(1))
            bench.attachment.start()
            try bench.harness.turn(for: .seconds(120))
            #expect(bench.isRunning)
        }
    }

    @Test(arguments: [UInt8(0xFF), 0x00, 0x55])
    func aFloodIsNamedAndLeftAlone(byte: UInt8) throws {
        try withBench(speaks: SerialSettings(), options: fixed) { bench in
            // A megabyte a second, as it arrives.
            let chunk = [UInt8](repeating: byte, count: 10_000)
            var isOn = true
            func flood() {
                guard isOn else { return }
                bench.uart.pour(chunk)
                bench.kernel.after(.milliseconds(10)) { flood() }
            }
            flood()
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(10)) { bench.attachment.state == .flooding }
            try bench.harness.turn(for: .seconds(20))
            #expect(bench.attachment.state == .flooding)
            #expect(bench.log.count <= 3)
            isOn = false
            bench.uart.talk(usualBurst, every: .seconds(1))
            try bench.harness.turn(within: .seconds(60)) { bench.isRunning }
        }
    }

    @Test func theLogHasAtMostOneLineASecond() throws {
        try withBench(speaks: SerialSettings(), options: fixed, isPlugged: false) { bench in
            bench.attachment.start()
            // In and out ten times a second, for a minute.
            for _ in 0..<300 {
                let uart = SimulatedUART(SerialSettings(), on: bench.kernel)
                uart.latency = .milliseconds(1)
                bench.kernel.plug(uart, as: SimulatedBench.node)
                bench.kernel.after(.milliseconds(350)) { uart.send(quickBurst) }
                try bench.harness.turn(for: .milliseconds(500))
                bench.kernel.unplug(SimulatedBench.node)
                try bench.harness.turn(for: .milliseconds(100))
            }
            let times = bench.log.map(\.0)
            #expect(times.count > 60 && bench.states.count > 300)
            #expect(
                zip(times, times.dropFirst()).allSatisfy {
                    $1.since($0) >= .milliseconds(999)
                })
        }
    }

    @Test func aLineThatTakesNoSettingsIsTriedAgain() throws {
        try withBench(speaks: SerialSettings()) { bench in
            bench.uart.refusesChanges = true
            bench.uart.talk(usualBurst, every: .seconds(1))
            bench.attachment.start()
            try bench.harness.turn(within: .seconds(5)) { bench.attachment.state.name == "failed" }
            #expect(bench.log.contains { $0.1.contains("takes no settings") })
            bench.uart.refusesChanges = false
            try bench.harness.turn(within: .seconds(40)) { bench.isRunning }
        }
    }

    @Test func stoppedMeansStopped() throws {
        try withBench(speaks: SerialSettings(), options: fixed) { bench in
            bench.uart.talk(usualBurst, every: .seconds(1))
            bench.attachment.start()
            try bench.harness.turn { bench.isRunning }
            bench.attachment.stop()
            let count = bench.sentences.count
            try bench.harness.turn(for: .seconds(5))
            #expect(bench.sentences.count == count)
            #expect(bench.attachment.state == .stopped)
        }
    }
}

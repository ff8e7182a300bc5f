import FairleadDevices
import FairleadEngine
import FairleadEngineTesting
import FairleadWire

/// A device on a simulated line, attached: on a clock that stands still while anything can happen.
final class SimulatedBench {
    static let node = "/dev/ttyUSB0"
    let kernel: SimulatedKernel
    let harness: ReactorHarness
    let uart: SimulatedUART
    let memory: SpeedMemory
    let monitor: DeviceMonitor
    let attachment: DeviceAttachment
    private(set) var sentences: [String] = []
    private(set) var states: [AttachmentState] = []
    private(set) var log: [(Instant, String)] = []
    private(set) var openings = 0
    private let began: Instant

    /// - Parameter isPlugged: whether the device is there from the start.
    init(
        _ harness: ReactorHarness, _ kernel: SimulatedKernel, speaks settings: SerialSettings,
        options: AttachmentOptions = AttachmentOptions(), isPlugged: Bool = true
    ) {
        self.harness = harness
        self.kernel = kernel
        let reactor = harness.reactor
        uart = SimulatedUART(settings, on: kernel)
        if isPlugged { kernel.plug(uart, as: Self.node) }
        memory = SpeedMemory(kernel: kernel)
        monitor = DeviceMonitor(on: reactor) { _, _ in }
        monitor.start()
        began = reactor.now
        var made: (() -> any StreamProtocol)?
        var noted: ((String) -> Void)?
        attachment = DeviceAttachment(
            .path(Self.node), on: monitor, reactor: reactor, memory: memory, options: options,
            log: { _, text in noted?(text) }
        ) { _ in made?() }
        made = { [unowned self] in
            openings += 1
            return SentenceCollector { [unowned self] in sentences.append($0) }
        }
        noted = { [unowned self] in log.append((reactor.now, $0)) }
        attachment.stateChanged = { [unowned self] in states.append($0) }
    }

    /// The time since the beginning.
    var elapsed: Duration { harness.reactor.now.since(began) }

    var isRunning: Bool {
        if case .running = attachment.state { return true }
        return false
    }

    /// The settings at which it runs.
    var settings: SerialSettings? {
        if case .running(let settings) = attachment.state { return settings }
        return nil
    }

    func finish() {
        attachment.stop()
        monitor.stop()
    }
}

/// Runs a test with a device on a simulated line; afterwards nothing may be left behind.
func withBench(
    speaks settings: SerialSettings, options: AttachmentOptions = AttachmentOptions(),
    isPlugged: Bool = true, _ body: (SimulatedBench) throws -> Void
) throws {
    let kernel = SimulatedKernel()
    try withSimulatedReactor(kernel) { harness in
        let bench = SimulatedBench(
            harness, kernel, speaks: settings, options: options, isPlugged: isPlugged)
        try body(bench)
        bench.finish()
    }
}

// A device at the other end of a simulated serial line, down to the bit. What it sends becomes
// levels on a wire, as long as its speed makes them; what arrives is what a UART with other
// settings samples there: it waits for the line to fall, looks again in the middle of the start
// bit, then once in the middle of each bit. So a wrong speed gives the garbage that it gives in
// life, and as much of it: many bytes where we listen too fast, few where too slow. Bytes with
// broken frames are handed on as they were sampled, which is what Linux does unless told to check
// (INPCK). An adapter gathers bytes for a while before it hands them on.
import FairleadEngine
import FairleadWire

/// A device that speaks over a simulated serial line, plugged in by `SimulatedKernel.plug`.
public final class SimulatedUART {
    /// How the device speaks, which the other side may not know.
    public var settings: SerialSettings
    /// How long the adapter gathers bytes; 16 ms is what FTDI's do.
    public var latency: Duration = .milliseconds(16)
    /// Whether the adapter keeps the settings that it was opened with, whatever is asked for.
    public var refusesChanges = false
    /// What was written to the device.
    public internal(set) var received: [UInt8] = []
    /// How often the other side has changed its settings.
    public private(set) var changes = 0

    /// One character on the wire.
    private struct Character {
        let start: Int64
        let bit: Int64
        /// The levels, the start bit in bit 0.
        let levels: UInt32
        let count: Int
        var end: Int64 { start + bit * Int64(count) }
    }

    private unowned let kernel: SimulatedKernel
    private var wire: [Character] = []
    /// Where in `wire` that begins which is not over yet for the listening side.
    private var first = 0
    /// How the other side listens; nil while it does not.
    private var listening: SerialSettings?
    /// Where on the wire the listening side is.
    private var cursor: Int64 = 0
    /// Changes when what was planned is void.
    private var epoch = 0
    private var held: [UInt8] = []
    private(set) var arrived: [UInt8] = []
    private(set) var isGone = false

    public init(_ settings: SerialSettings, on kernel: SimulatedKernel) {
        self.settings = settings
        self.kernel = kernel
    }

    private var now: Int64 { kernel.clock.now.nanoseconds }

    // MARK: The device's side

    /// Sends bytes as soon as what was sent before is through.
    public func send(_ bytes: [UInt8]) {
        let bit = 1_000_000_000 / Int64(max(settings.baud, 1))
        var start = max(now, wire.last?.end ?? 0)
        for byte in bytes {
            let character = character(byte, start, bit)
            wire.append(character)
            start = character.end
        }
        plan()
    }

    public func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends a text again and again, first after `period`, until unplugged.
    public func talk(_ text: String, every period: Duration) {
        kernel.after(period) { [weak self] in
            guard let self, !isGone else { return }
            send(text)
            talk(text, every: period)
        }
    }

    /// Lets bytes arrive at once, whatever the speeds: for more of them than a wire should carry.
    public func pour(_ bytes: [UInt8]) {
        if listening != nil { arrived += bytes }
    }

    private func character(_ byte: UInt8, _ start: Int64, _ bit: Int64) -> Character {
        let data = UInt32(byte) & ((1 << UInt32(settings.dataBits)) - 1)
        var levels = data << 1
        var count = 1 + settings.dataBits
        if settings.parity != .none {
            let isOdd = data.nonzeroBitCount % 2 == 1
            let level =
                switch settings.parity {
                case .even: isOdd
                case .odd: !isOdd
                case .mark: true
                case .none, .space: false
                }
            if level { levels |= 1 << UInt32(count) }
            count += 1
        }
        for _ in 0..<settings.stopBits {
            levels |= 1 << UInt32(count)
            count += 1
        }
        return Character(start: start, bit: bit, levels: levels, count: count)
    }

    // MARK: The wire

    private func level(at time: Int64) -> Bool {
        var low = 0
        var high = wire.count
        while low < high {
            let middle = (low + high) / 2
            if wire[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        guard low > 0, time < wire[low - 1].end else { return true }
        let character = wire[low - 1]
        return character.levels >> UInt32((time - character.start) / character.bit) & 1 == 1
    }

    /// The next time from the cursor on when the line falls.
    private func nextFall() -> Int64? {
        forget()
        for character in wire[first...] {
            for place in 0..<character.count {
                let time = character.start + character.bit * Int64(place)
                guard time >= cursor, character.levels >> UInt32(place) & 1 == 0 else { continue }
                if level(at: time - 1) { return time }
            }
        }
        return nil
    }

    /// Forgets what is over, but for the character before, whose end may still matter.
    private func forget() {
        let past = min(cursor, now)
        while first + 1 < wire.count, wire[first].end <= past { first += 1 }
        if first > 4096 {
            wire.removeFirst(first - 1)
            first = 1
        }
    }

    // MARK: The listening side

    var status: FileStatus {
        FileStatus(kind: .characterDevice, device: 1, inode: 1, mode: 0o660)
    }

    /// Begins to listen, or listens otherwise.
    func listen(_ settings: SerialSettings) {
        if listening == nil { arrived = [] } else { changes += 1 }
        listening = settings
        cursor = now
        plan()
    }

    /// Whether the line may be set now.
    var takesSettings: Bool { listening == nil || !refusesChanges }

    func stopListening() {
        listening = nil
        epoch += 1
        held = []
    }

    /// Plans the arrival of the next character, whatever it will be.
    private func plan() {
        epoch += 1
        guard let listening, !isGone, let fall = nextFall() else { return }
        let bit = 1_000_000_000 / Int64(max(listening.baud, 1))
        let bits = listening.dataBits + (listening.parity == .none ? 0 : 1)
        let end = fall + bit * Int64(bits + 1) + bit / 2
        let planned = epoch
        kernel.agenda.add(at: Instant(nanoseconds: max(end, now))) { [weak self] in
            guard let self, epoch == planned else { return }
            sample(fall, bit, listening)
            plan()
        }
    }

    private func sample(_ fall: Int64, _ bit: Int64, _ listening: SerialSettings) {
        if level(at: fall + bit / 2) {
            // No start bit, only a spike.
            cursor = fall + bit / 2
            return
        }
        var byte: UInt8 = 0
        for place in 0..<listening.dataBits
        where level(at: fall + bit * Int64(place + 1) + bit / 2) {
            byte |= 1 << UInt8(place)
        }
        let bits = listening.dataBits + (listening.parity == .none ? 0 : 1)
        cursor = fall + bit * Int64(bits + 1) + bit / 2
        hold(byte)
    }

    private func hold(_ byte: UInt8) {
        held.append(byte)
        guard held.count == 1 else { return }
        kernel.agenda.add(at: kernel.clock.now + latency) { [weak self] in
            guard let self else { return }
            arrived += held
            held = []
        }
    }

    func take(_ count: Int) -> ArraySlice<UInt8> {
        let taken = arrived.prefix(count)
        arrived.removeFirst(taken.count)
        return taken
    }

    func discard() {
        arrived = []
        held = []
    }

    func pull() {
        isGone = true
        epoch += 1
    }
}

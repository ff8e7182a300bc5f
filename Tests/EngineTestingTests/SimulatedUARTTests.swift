// The simulated wire gives what a real one gives: values worked out by hand from the levels.
import FairleadEngine
import FairleadEngineTesting
import FairleadWire
import Testing

@Suite struct SimulatedUARTTests {
    /// What is heard of `bytes`, spoken and listened to in these ways.
    private func heard(
        _ bytes: [UInt8], spoken: SerialSettings, listening: SerialSettings
    ) throws -> [UInt8] {
        let kernel = SimulatedKernel()
        let uart = SimulatedUART(spoken, on: kernel)
        kernel.plug(uart, as: "/dev/ttyUSB0")
        return try withSimulatedReactor(kernel) { harness in
            let ear = Ear()
            harness.reactor.openSerial("/dev/ttyUSB0", SerialOptions(listening)) { _ in ear }
            try harness.turn { ear.line != nil }
            uart.send(bytes)
            try harness.turn(for: .seconds(5))
            #expect(uart.received.isEmpty)
            ear.line?.abort()
            return ear.bytes
        }
    }

    private final class Ear: StreamProtocol {
        private(set) var bytes: [UInt8] = []
        private(set) var line: (any Transport)?
        private(set) var reason: Disconnect?

        func connectionMade(on transport: any Transport) { line = transport }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            self.bytes += [UInt8](copying: bytes)
        }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            self.reason = reason
        }
    }

    @Test(arguments: [300, 4800, 9600, 115_200, 921_600], SerialSettings.Parity.allCases)
    func theRightSettingsReadEveryByte(baud: Int, parity: SerialSettings.Parity) throws {
        for (bits, stop) in [(8, 1), (8, 2), (7, 1), (5, 2)] {
            let settings = SerialSettings(
                baud: baud, dataBits: bits, parity: parity, stopBits: stop)
            let bytes = (0..<(1 << bits)).prefix(100).map { UInt8($0) }
            #expect(try heard(bytes, spoken: settings, listening: settings) == bytes)
        }
    }

    @Test func halfAndDoubleSpeedGiveWhatTheLevelsSay() throws {
        let spoken = SerialSettings(baud: 9600)
        // 0x55 is a square wave: 0 10101010 1, low first.
        let fast = try heard([0x55], spoken: spoken, listening: SerialSettings(baud: 19200))
        #expect(fast == [0x66, 0xE6])
        // Too slow by half: every bit of it is over before the middle of the start bit.
        let slow = try heard([0x55], spoken: spoken, listening: SerialSettings(baud: 4800))
        #expect(slow == [])
        // 0xCC is a wave of half that speed: 0 00110011 1.
        let wave = try heard([0xCC], spoken: spoken, listening: SerialSettings(baud: 4800))
        #expect(wave == [0xFD])
    }

    @Test func anotherFrameGivesWhatTheLevelsSay() throws {
        let text = Array("AC".utf8)
        // A (two ones) has parity bit 0, C (three) 1, which land in the eighth bit.
        let seven = SerialSettings(dataBits: 7, parity: .even)
        #expect(try heard(text, spoken: seven, listening: SerialSettings()) == [0x41, 0xC3])
    }

    @Test(arguments: [4800, 9600, 19200, 38400, 57600, 115_200, 230_400, 460_800])
    func noWrongSpeedReadsASentence(baud: Int) throws {
        let text = Array("$GPGLL,4916.45,N,12311.12,W,225444,A*31\r\n".utf8)
        for wrong in [4800, 9600, 19200, 38400, 57600, 115_200, 230_400, 460_800]
        where wrong != baud {
            let garbage = try heard(
                text, spoken: SerialSettings(baud: baud), listening: SerialSettings(baud: wrong))
            #expect(!garbage.isEmpty && garbage != text)
            // At most one byte each time the line falls, five times a byte.
            #expect(garbage.count <= text.count * 5)
        }
    }

    @Test func aPulledLineIsHungUp() throws {
        let kernel = SimulatedKernel()
        let uart = SimulatedUART(SerialSettings(), on: kernel)
        kernel.plug(uart, as: "/dev/ttyUSB0")
        try withSimulatedReactor(kernel) { harness in
            let ear = Ear()
            harness.reactor.openSerial("/dev/ttyUSB0") { _ in ear }
            try harness.turn { ear.line != nil }
            kernel.unplug("/dev/ttyUSB0")
            try harness.turn(within: .seconds(1)) { ear.reason != nil }
            #expect(ear.reason == .hangUp)
        }
    }
}

import FairleadEngineTesting
import Testing

@testable import FairleadDevices

@Suite struct UBXScannerTests {
    /// How many valid frames there are in these bytes.
    private func frames(_ bytes: [UInt8]) -> Int {
        var scanner = UBXScanner()
        for byte in bytes { scanner.take(byte) }
        return scanner.frames
    }

    /// NAV-STATUS-like with four bytes, its sums worked out by hand.
    private let frame: [UInt8] = [
        0xB5, 0x62, 0x01, 0x03, 0x04, 0x00, 0x01, 0x02, 0x03, 0x04, 0x12, 0x49,
    ]

    @Test func aFrameIsFoundBetweenAnything() {
        #expect(frames(frame) == 1)
        #expect(frames([0xB5, 0xB5] + frame.dropFirst()) == 1)
        #expect(frames(Array("$GPGGA*00\r\n".utf8) + frame + [0xFF, 0x00] + frame) == 2)
    }

    @Test func oneWrongByteIsNoFrame() {
        for place in frame.indices {
            for change in [UInt8(0x01), 0x80] {
                var broken = frame
                broken[place] ^= change
                #expect(frames(broken) == 0, "byte \(place)")
            }
        }
    }

    @Test func cutOffFramesLeaveThePlaceForTheNext() {
        let many = [[UInt8]](repeating: frame, count: 100).flatMap { $0 }
        for length in frame.indices {
            // A length out of the middle of the next frame is believed up to 1,024 bytes, no more.
            #expect(frames(Array(frame[..<length]) + many) >= 12, "\(length)")
        }
    }

    @Test(arguments: [0x0000, 0x0401, 0xFFFF])
    func lengthsNobodySendsAreNotWaitedFor(length: Int) {
        let header: [UInt8] = [
            0xB5, 0x62, 0x01, 0x07, UInt8(truncatingIfNeeded: length),
            UInt8(truncatingIfNeeded: length >> 8),
        ]
        var scanner = UBXScanner()
        for byte in header { scanner.take(byte) }
        #expect(scanner.isInFrame == (length == 0))
        // Two bytes of sums at most are lost.
        #expect(frames(header + [0, 0] + frame) == 1)
    }

    @Test func randomBytesAreNoFrames() {
        var generator = SeededGenerator(seed: 5)
        let noise = (0..<1_000_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        #expect(frames(noise) == 0)
    }
}

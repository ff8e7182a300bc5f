import FairleadWire
import Testing

@Suite struct InstantTests {
    @Test func saturatesInsteadOfTrapping() {
        let end = Instant.distantFuture
        #expect(end + .seconds(1) == end)
        #expect(Instant(nanoseconds: .min) + .seconds(-1) == Instant(nanoseconds: .min))
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
        #expect(Duration.seconds(Int64.min).nanoseconds == .min)
        #expect(Instant(nanoseconds: .min).since(end).nanoseconds == .min)
    }

    @Test func keepsNanoseconds() {
        #expect((Instant(nanoseconds: 5) + .nanoseconds(7)).nanoseconds == 12)
        #expect(Instant(nanoseconds: 12).since(Instant(nanoseconds: 5)) == .nanoseconds(7))
        #expect(Duration.milliseconds(-1500).nanoseconds == -1_500_000_000)
    }
}

@Suite struct SpanBytesTests {
    @Test func findsAndCompares() {
        let bytes: [UInt8] = Array("a,b,c".utf8)
        let prefix: [UInt8] = Array("a,".utf8)
        // A span cannot escape into the macro's closure: results first, then expectations.
        let found = [
            bytes.span.firstIndex(of: 0x2C), bytes.span.firstIndex(of: 0x2C, from: 2),
            bytes.span.firstIndex(of: 0x21),
        ]
        let begins = bytes.span.starts(with: prefix.span)
        let longer = prefix.span.starts(with: bytes.span)
        let copy = [UInt8](copying: bytes.span)
        #expect(found == [1, 3, nil])
        #expect(begins && !longer)
        #expect(copy == bytes)
    }
}

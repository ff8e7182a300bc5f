import FairleadNMEAWire
import Testing

@Suite struct UTCTextTests {
    @Test(arguments: [
        ("2026-11-25T09:30:00.000Z", "2026-11-25T09:30:00.000Z"),
        ("2026-11-25T09:30:00Z", "2026-11-25T09:30:00.000Z"),
        ("2016-12-31T23:59:60.5+00:00", "2016-12-31T23:59:60.500Z"),
        ("1999-02-28T00:00:00.123456789Z", "1999-02-28T00:00:00.123456789Z"),
    ])
    func aMomentIsReadAndWritten(text: String, expected: String) {
        #expect(UTCTime(text)?.description == expected)
    }

    @Test(arguments: [
        "", "2026", "2026-11-25", "2026-11-25T09:30:00", "2026-13-25T09:30:00Z",
        "2026-02-30T09:30:00Z", "2026-11-25T24:30:00Z", "2026-11-25T09:30:00.Z",
        "2026-11-25T09:30:00.1234567890Z", "2026-11-25T09:30:00+01:00", "2026-11-25T09:30:00Zx",
        "2026-11-25 09:30:00Z", "+026-11-25T09:30:00Z", "2026-11-25T09:30:00.000",
    ])
    func whatIsNoMomentIsNone(text: String) {
        #expect(UTCTime(text) == nil)
    }
}

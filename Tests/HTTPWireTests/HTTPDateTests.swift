import FairleadHTTPWire
import Foundation
import Testing

@Suite struct HTTPDateTests {
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ])
    func datesAreWrittenAndRead(seconds: Int64, text: String) {
        #expect(HTTPDate(seconds: seconds).description == text)
        #expect(HTTPDate(text)?.seconds == seconds)
    }

    @Test(arguments: ["Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
    func theOldFormsAreRead(text: String) {
        #expect(HTTPDate(text)?.seconds == 784_111_777)
    }

    @Test(arguments: [
        "", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 199999999999999999999 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
    ])
    func whatIsNoDateIsNil(text: String) {
        #expect(HTTPDate(text) == nil)
    }

    @Test func noNumberIsTooMuch() {
        #expect(HTTPDate(seconds: .max).description == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate(seconds: .min).bytes.count == 29)
    }

    /// Against the calendar of Foundation, on days from 1900 to 2300.
    @Test func theCalendarIsTheUsualOne() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for seconds in stride(from: -2_208_988_800, to: 10_413_792_000, by: 86400 * 37 + 4711) {
            let date = Date(timeIntervalSince1970: Double(seconds))
            let parts = calendar.dateComponents([.year, .day, .hour, .second], from: date)
            let words = HTTPDate(seconds: Int64(seconds)).description.split(separator: " ")
            #expect(Int(words[3]) == parts.year && Int(words[1]) == parts.day)
            #expect(
                HTTPDate(HTTPDate(seconds: Int64(seconds)).description)?.seconds == Int64(seconds))
        }
    }
}

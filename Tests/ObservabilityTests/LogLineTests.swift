import FairleadEngine
import FairleadNMEAWire
import Logging
import Synchronization
import Testing

@testable import FairleadObservability

@Suite struct LogLineTests {
    private func line(
        _ message: String, _ level: Logger.Level = .warning, _ metadata: Logger.Metadata = [:]
    ) -> LogLine {
        LogLine(level: level, message: message, metadata: metadata)
    }

    @Test func eachFormatIsOneLine() {
        let entry = line("pulled", .warning, ["device": "/dev/ttyUSB0", "a": "b"])
        let time = "2026-12-01T12:00:00Z"
        #expect(
            entry.text(.text, at: time)
                == "2026-12-01T12:00:00Z warning: pulled a=b device=/dev/ttyUSB0\n")
        #expect(entry.text(.journal, at: nil) == "<4>pulled a=b device=/dev/ttyUSB0\n")
        #expect(
            entry.text(.json, at: time) == #"{"time":"2026-12-01T12:00:00Z","level":"warning","#
                + #""message":"pulled","a":"b","device":"/dev/ttyUSB0"}"# + "\n")
    }

    @Test(arguments: [
        ("\u{1b}]0;pwn\u{7}", "\\u{1b}]0;pwn\\u{7}"), ("a\nerror: b", "a\\u{a}error: b"),
        ("\r", "\\u{d}"), ("\0", "\\u{0}"), ("\u{9b}31m", "\\u{9b}31m"),
        ("a\u{2028}b\u{202e}c", "a\\u{2028}b\\u{202e}c"), ("grün °", "grün °"),
    ])
    func b6WhatATerminalObeysIsShownAndNotDone(text: String, shown: String) {
        #expect(LogLine.escaped(text) == shown)
        for format in LogFormat.allCases {
            let whole = line(text, .info, ["name": "\(text)"]).text(format, at: "t")
            #expect(whole.unicodeScalars.filter { $0.value < 0x20 }.count == 1)
            #expect(whole.hasSuffix("\n"))
        }
    }

    @Test func whatCannotBeWrittenIsCountedAndSaidLater() {
        final class Reader: Sendable {
            let lines = Mutex<[String]>([])
            let isReading = Mutex(true)
            func take(_ line: String) -> Bool {
                guard isReading.withLock({ $0 }) else { return false }
                lines.withLock { $0.append(line) }
                return true
            }
        }
        let reader = Reader()
        let output = LogOutput { reader.take($0) }
        let handler = LineLogHandler(.journal, level: .info, to: output)
        let logger = Logger(label: "test") { _ in handler }
        logger.info("one")
        reader.isReading.withLock { $0 = false }
        for _ in 0..<3 { logger.info("two") }
        reader.isReading.withLock { $0 = true }
        logger.debug("below the level")
        logger.error("three")
        let lost = "<4>3 lines of the log are lost: nobody reads it\n"
        #expect(reader.lines.withLock { $0 } == ["<6>one\n", lost, "<3>three\n"])
    }

    @Test func theTimeIsSetByTheHandler() throws {
        let lines = LinesTaken()
        let time = try #require(UTCTime(nanosecondsSince1970: 1_764_590_400_123_000_000))
        let handler = LineLogHandler(
            .text, level: .info, to: LogOutput { lines.take($0) }, now: { time })
        Logger(label: "test") { _ in handler }.notice("hello", metadata: ["n": "1"])
        #expect(lines.all == ["\(time) notice: hello n=1\n"])
    }

    @Test func theJournalIsKnownByItsVariable() {
        #expect(LogFormat.fitting { $0 == "JOURNAL_STREAM" ? "8:1" : nil } == .journal)
        #expect(LogFormat.fitting { _ in nil } == .text)
    }

    private final class LinesTaken: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func take(_ line: String) -> Bool {
            lines.withLock { $0.append(line) }
            return true
        }
    }
}

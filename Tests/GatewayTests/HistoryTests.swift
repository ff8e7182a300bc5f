// The history: what is kept, what is removed, and that whatever is wrong with the file or the disk
// stops it alone and says so. The disk that is full is one that SQLite is told is full; the real
// ones, and a thousand kills, are in Tests/EndToEnd.

import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadWire
import GRDB
import Testing

@testable import FairleadGateway

@Suite(.timeLimit(.minutes(2))) struct HistoryTests {
    private static var freshPath: String {
        "/tmp/fairlead-hy-\(UInt64.random(in: 0 ... .max))/history.sqlite"
    }

    private static let noon = UTCTime("2026-12-01T12:00:00.000Z")

    private func record(
        _ second: Int, _ latitude: Double? = 50, device: String = "a", isChosen: Bool = true
    ) throws -> HistoryRecord {
        let noon = try #require(Self.noon)
        let time = try #require(
            UTCTime(nanosecondsSince1970: noon.nanosecondsSince1970 + Int64(second) * 1_000_000_000)
        )
        var record = HistoryRecord(device: device, time: time, mode: latitude == nil ? 1 : 3)
        record.isChosen = isChosen
        record.position = latitude.flatMap { Coordinate(latitude: $0, longitude: 8) }
        return record
    }

    private func all(_ path: String, device: String? = nil) throws -> [HistoryRecord] {
        var query = HistoryReader.Query()
        query.device = device
        var found: [HistoryRecord] = []
        try HistoryReader(path).read(query) { found.append($0) }
        return found
    }

    // MARK: The file

    @Test func whatIsWrittenIsReadAgain() throws {
        let path = Self.freshPath
        let store = HistoryStore(path)
        var full = try record(1)
        (full.altitude, full.speed, full.course) = (12.5, 3.25, 270)
        (full.quality, full.error) = (8, 1.5)
        let other = try record(2, device: "b", isChosen: false)
        let lost = try record(3, nil)
        #expect(try store.write([full, other, lost]) == 3)
        #expect(try all(path) == [full, lost])
        #expect(try all(path, device: "b") == [other])
        var query = HistoryReader.Query()
        query.from = try record(3).time
        #expect(try HistoryReader(path).read(query) { _ in } == 1)
        query.to = try record(3).time
        #expect(try HistoryReader(path).read(query) { _ in } == 0)
        #expect((PosixKernel().status(of: path)?.mode ?? 0) & 0o777 == 0o600)
        store.close()
    }

    @Test func whatIsTooOldIsRemovedByTheEarlierOfTwoClocks() throws {
        let path = Self.freshPath
        var limits = HistoryStore.Limits()
        limits.age = .seconds(3600)
        let store = HistoryStore(path, limits)
        try store.write(try (0..<3000).map { try record($0 * 2) })
        // A clock a hundred years ahead costs nothing that the records' own time would not.
        try store.tidy(now: try #require(UTCTime("2126-12-01T12:00:00.000Z")))
        let left = try all(path)
        let oldest = try record(2 * 2999 - 3600).time
        #expect(left.first?.time == oldest && left.count == 1801)
        // A record from the future does not, either: then the system's clock counts.
        let future = try #require(UTCTime("2106-02-07T06:28:15.000Z"))
        try store.write([HistoryRecord(device: "a", time: future)])
        try store.tidy(now: try record(2 * 2999).time)
        #expect(try all(path).count == 1801)
        store.close()
    }

    @Test func theFileStaysBelowItsSize() throws {
        let path = Self.freshPath
        var limits = HistoryStore.Limits()
        limits.size = 300_000
        let store = HistoryStore(path, limits)
        for part in 0..<10 {
            try store.write(try (0..<2000).map { try record(part * 2000 + $0) })
            try store.tidy(now: try record(part * 2000 + 2000).time)
        }
        let left = try all(path)
        let newest = try record(19_999).time
        #expect(left.last?.time == newest, "the newest are kept")
        #expect((100..<10_000).contains(left.count))
        store.close()
        let size = try PosixKernel().readFile(path, atMost: 10_000_000).count
        #expect(size < 450_000, "\(size)")
    }

    @Test(arguments: [
        Array("this is no database, but long enough to be looked at as one".utf8),
        [UInt8](repeating: 0xA5, count: 8192),
    ])
    func aBrokenFileIsSaidToBeSoAndCanBeMovedAside(bytes: [UInt8]) throws {
        let path = Self.freshPath
        let folder = String(path.dropLast("/history.sqlite".count))
        #expect(PosixKernel().makeFolder(folder).isSuccess)
        #expect(PosixKernel().replaceFile(path, with: bytes).isSuccess)
        let store = HistoryStore(path)
        #expect(throws: HistoryFault.corrupt) { try store.write([try record(1)]) }
        let name = store.moveAside(at: try record(0).time)
        #expect(try PosixKernel().readFile(name, atMost: 10_000) == bytes, "nothing is lost")
        try store.write([try record(1)])
        #expect(try all(path).count == 1)
        store.close()
    }

    @Test func whatIsInTheWayHasItsName() throws {
        let path = Self.freshPath
        let store = HistoryStore(path)
        try store.write([try record(1)])
        let other = try DatabaseQueue(path: path)
        try other.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN EXCLUSIVE")
            #expect(throws: HistoryFault.locked) { try store.write([try record(2)]) }
            try database.execute(sql: "COMMIT")
        }
        try store.write([try record(2)])
        #expect(try all(path).count == 2)
        store.close()
        #expect(throws: HistoryFault.self) { try HistoryStore("/proc/nowhere/x").write([]) }
        #expect(throws: HistoryFault.self) { try HistoryReader("/tmp/nothing-\(path.count)") }
    }

    // MARK: What is kept

    @Test func timeDistanceLossAndChoiceAreReasonsToKeep() throws {
        var thinner = HistoryThinner(interval: .seconds(10), distance: 25)
        func keeps(_ second: Double, _ record: HistoryRecord) -> Bool {
            thinner.keeps(record, at: Instant(nanoseconds: Int64(second * 1e9)))
        }
        #expect(keeps(0, try record(0)))
        #expect(!keeps(5, try record(5)))
        #expect(keeps(10, try record(10)))
        #expect(!keeps(11, try record(11, 50.0002)), "22 metres")
        #expect(keeps(12, try record(12, 50.0003)), "33 metres")
        #expect(keeps(13, try record(13, nil)))
        #expect(!keeps(30, try record(30, nil)))
        #expect(keeps(31, try record(31)))
        #expect(keeps(32, try record(32, isChosen: false)))
        #expect(keeps(32, try record(32, device: "b")), "another device")
    }

    // MARK: The outlet

    private func withOutlet(
        _ path: String, _ body: (ReactorHarness, Hub, GatewayDevice, () -> [String]) throws -> Void
    ) throws {
        try withReactor { harness in
            var log: [String] = []
            harness.reactor.log = { _, text in log.append(text) }
            let hub = Hub(on: harness.reactor)
            let plan = OutletPlan(kind: "history", place: path, settings: ["interval": ["0"]])
            hub.add(try OutletTable.read(plan)(OutletParts(hub: hub)))
            let device = try #require(hub.device("a", from: "serial:a"))
            try body(harness, hub, device) { log }
            harness.reactor.later {
                hub.stop()
                harness.reactor.stop()
            }
            try harness.reactor.run()
        }
    }

    private func fix(_ second: Int) -> PositioningEvent {
        var fix = Fix()
        fix.device = "a"
        fix.date = NMEADate(year: 2026, month: 12, day: 1)
        fix.time = NMEATime(hour: 12, minute: second / 60, second: second % 60)
        fix.position = Coordinate(latitude: 50, longitude: 8)
        (fix.mode, fix.quality) = (.threeDimensional, .gps)
        return .position(fix)
    }

    @Test func positionsReachTheFileAndTheLastOnesAtTheEnd() throws {
        let path = Self.freshPath
        try withOutlet(path) { harness, hub, device, _ in
            hub.received(fix(1), from: device)
            try harness.turn("the first record") { (try? all(path).count) == 1 }
            hub.received(fix(2), from: device)
            hub.received(fix(3), from: device)
        }
        #expect(try all(path).map(\.time.time.second) == [1, 2, 3])
        #expect(try all(path).allSatisfy(\.isChosen))
    }

    @Test func whatIsInTheWayIsSaidOnceAndItGoesOnByItself() throws {
        let path = Self.freshPath
        let folder = String(path.dropLast("/history.sqlite".count))
        // A file where the folder should be.
        #expect(PosixKernel().replaceFile(folder, with: []).isSuccess)
        try withOutlet(path) { harness, hub, device, log in
            hub.received(fix(1), from: device)
            try harness.turn("the fault") { log().contains { $0.contains("stands still") } }
            hub.received(fix(2), from: device)
            #expect(PosixKernel().removeFile(folder).isSuccess)
            try harness.turn("the records") { (try? all(path).count) == 2 }
            try harness.turn("the good news") { log().contains { $0.contains("goes on") } }
            #expect(log().filter { $0.contains("stands still") }.count == 1)
        }
    }

    @Test func aBrokenFileIsReplacedAndTheLiveDataGoesOn() throws {
        let path = Self.freshPath
        let folder = String(path.dropLast("/history.sqlite".count))
        #expect(PosixKernel().makeFolder(folder).isSuccess)
        let junk = [UInt8](repeating: 7, count: 4096)
        #expect(PosixKernel().replaceFile(path, with: junk).isSuccess)
        try withOutlet(path) { harness, hub, device, log in
            hub.received(fix(1), from: device)
            try harness.turn("the new file") { (try? all(path).count) == 1 }
            #expect(log().contains { $0.contains("broken") && $0.contains("corrupt-") })
            #expect(PosixKernel().names(in: folder)?.contains { $0.contains("corrupt-") } == true)
        }
    }

    @Test(arguments: [
        ("relative/path", [:], "a path from the root"), ("/x", ["age": ["soon"]], "a duration"),
        ("/x", ["size": ["big"]], "a number of bytes"), ("/x", ["distance": ["-1"]], "a number"),
        ("/x", ["intervall": ["1"]], "did you mean \"interval\""),
    ])
    func itsSettingsAreChecked(place: String, settings: [String: [String]], part: String) {
        let plan = OutletPlan(kind: "history", place: place, settings: settings)
        do {
            try OutletTable.check(plan)
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains(part), "\(error)")
        }
    }

    @Test func thereIsOneByItselfWhereSomethingMayBeKept() {
        #expect(!OutletTable.usual(state: nil).contains { $0.kind == "history" })
        #expect(OutletTable.usual(state: "/s").last?.place == "/s/history.sqlite")
    }
}

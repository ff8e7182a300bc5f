import Testing

@testable import FairleadEngine

@Suite struct KqueueChangeTests {
    @Test func everyChangeOfInterestHasItsRecords() {
        let both: Interest = [.readable, .writable]
        let table: [(old: Interest, new: Interest, changes: [KqueueChange])] = [
            ([], [], []),
            ([], .readable, [.init(.read, .add)]),
            ([], .writable, [.init(.write, .add)]),
            ([], both, [.init(.read, .add), .init(.write, .add)]),
            (.readable, [], [.init(.read, .delete)]),
            (.readable, .readable, []),
            (.readable, .writable, [.init(.read, .delete), .init(.write, .add)]),
            (.readable, both, [.init(.write, .add)]),
            (.writable, [], [.init(.write, .delete)]),
            (.writable, .readable, [.init(.write, .delete), .init(.read, .add)]),
            (.writable, .writable, []),
            (.writable, both, [.init(.read, .add)]),
            (both, [], [.init(.read, .delete), .init(.write, .delete)]),
            (both, .readable, [.init(.write, .delete)]),
            (both, .writable, [.init(.read, .delete)]),
            (both, both, []),
        ]
        for row in table {
            let changes = KqueueChange.changes(from: row.old, to: row.new)
            #expect(changes == row.changes, "\(row.old.rawValue) to \(row.new.rawValue)")
        }
    }

    @Test func aNewTokenIsTakenOverByTheFiltersThatStay() {
        let both: Interest = [.readable, .writable]
        #expect(
            KqueueChange.changes(from: both, to: .readable, renamed: true)
                == [.init(.write, .delete), .init(.read, .add)])
        #expect(
            KqueueChange.changes(from: both, to: both, renamed: true)
                == [.init(.read, .add), .init(.write, .add)])
    }

    @Test func eventsBecomeReadiness() {
        #expect(Readiness(.read, endOfFile: false, error: 0) == .readable)
        #expect(Readiness(.write, endOfFile: false, error: 0) == .writable)
        #expect(Readiness(.read, endOfFile: true, error: 0) == .readable)
        #expect(Readiness(.write, endOfFile: true, error: 0) == [.writable, .hangUp])
        #expect(Readiness(.read, endOfFile: true, error: 104) == [.readable, .error])
        #expect(Readiness(.write, endOfFile: true, error: 32) == [.writable, .hangUp, .error])
    }
}

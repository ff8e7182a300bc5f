import FairleadGateway
import FairleadNMEAWire
import Glibc

/// Writes records to a history as fast as it goes, and says the number of the last one of each
/// batch when it is written; a test ends it at any moment and looks what is left.
@main
enum HistoryProbe {
    static func main() {
        guard CommandLine.arguments.count == 2 else { return print("usage: history-probe FILE") }
        var limits = HistoryStore.Limits()
        limits.size = 400_000
        let store = HistoryStore(CommandLine.arguments[1], limits)
        var moment: Int64 = 1_764_590_400_000_000_000
        for batch in 0... {
            var records: [HistoryRecord] = []
            for number in 0..<(1 + batch % 40) {
                moment += 1_000_000_000
                guard let time = UTCTime(nanosecondsSince1970: moment) else { return }
                var record = HistoryRecord(device: "/dev/gps\(number % 3)", time: time, mode: 3)
                record.isChosen = true
                record.position = Coordinate(latitude: 50, longitude: Double(batch % 180))
                records.append(record)
            }
            do throws(HistoryFault) {
                print(try store.write(records))
                _ = fflush(nil)
                if batch % 50 == 49, let now = UTCTime(nanosecondsSince1970: moment) {
                    try store.tidy(now: now)
                }
            } catch {
                return print("fault: \(error)")
            }
        }
    }
}

import ArgumentParser
import FairleadEngine
import FairleadGateway
import FairleadNMEAWire
import Glibc

/// `fairlead track`: a track out of the history.
struct TrackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "track",
        abstract: "Exports a track from the history as GPX, KML, GeoJSON or CSV.",
        discussion: """
            fairlead track --from 2026-11-30 >november.gpx
            fairlead track --format csv --device /dev/gps0 --from 2026-11-30T08:00:00Z

            Without a device it is the track of "the position". The gateway may go on meanwhile.
            """)

    @Option(help: "gpx, kml, geojson or csv.")
    var format: String = "gpx"

    @Option(help: "From this day or moment on: 2026-11-30 or 2026-11-30T08:00:00Z.")
    var from: String?

    @Option(help: "Up to this day or moment.")
    var to: String?

    @Option(help: "The track of this device.")
    var device: String?

    @Option(help: "Seconds without a record after which a new segment begins.")
    var gap: Int = 300

    @Option(help: "The file of the history.", completion: .file(extensions: ["sqlite"]))
    var history: String?

    @Option(help: "The folder of what is kept.", completion: .directory)
    var state: String?

    func run() throws {
        guard let form = TrackFormat(rawValue: format) else {
            throw ExitStatus.usage.error("format \"\(format)\": expected gpx, kml, geojson or csv")
        }
        guard gap > 0 else { throw ExitStatus.usage.error("gap: expected a number above 0") }
        var query = HistoryReader.Query()
        query.from = try moment(from, "from")
        query.to = try moment(to, "to")
        query.device = device
        let usual = OutletTable.historyFile(state: StateFolder.path(state))
        guard let file = history ?? usual else {
            throw ExitStatus.usage.error("expected --history FILE or --state FOLDER")
        }
        do throws(HistoryFault) {
            let reader = try HistoryReader(file)
            var writer = TrackWriter(form, name: device ?? "Fairlead", gap: .seconds(gap))
            put(writer.begin())
            try reader.read(query) { put(writer.add($0)) }
            put(writer.end())
        } catch .cannotOpen(let why) {
            throw ExitStatus.noInput.error(why)
        } catch {
            throw ExitStatus.data.error("\(file): \(error)")
        }
        if fflush(nil) != 0 { throw ExitStatus.inputOutput.error("standard output is full") }
    }

    private func put(_ text: String) { print(text, terminator: "") }

    /// A day begins at midnight, UTC.
    private func moment(_ text: String?, _ option: String) throws -> UTCTime? {
        guard let text else { return nil }
        let full = text.contains("T") ? text : text + "T00:00:00Z"
        if let time = UTCTime(full) { return time }
        throw ExitStatus.usage.error(
            "\(option) \"\(text)\": expected a day such as 2026-11-30, or 2026-11-30T08:00:00Z")
    }
}

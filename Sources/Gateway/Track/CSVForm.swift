/// CSV (RFC 4180) with a heading; speeds in metres a second, angles in degrees, the rest in metres.
struct CSVForm: TrackForm {
    private var segment = 0

    func begin() -> String {
        "time,segment,device,latitude,longitude,altitude,speed,course,mode,quality,error\r\n"
    }

    mutating func beginSegment(_ first: HistoryRecord) -> String {
        segment += 1
        return ""
    }

    func point(_ record: HistoryRecord) -> String {
        guard let place = record.position else { return "" }
        var cells: [String] = [record.time.description, "\(segment)", quoted(record.device)]
        cells += [trackNumber(place.latitude, 7), trackNumber(place.longitude, 7)]
        cells += [number(record.altitude, 2), number(record.speed, 3), number(record.course, 2)]
        let quality = record.quality.map { "\($0)" } ?? ""
        cells += ["\(record.mode)", record.isSimulated ? "SIMULATED" : quality]
        cells.append(number(record.error, 2))
        return cells.joined(separator: ",") + "\r\n"
    }

    private func number(_ number: Double?, _ decimals: Int) -> String {
        number.map { trackNumber($0, decimals) } ?? ""
    }

    func endSegment(_ last: HistoryRecord) -> String { "" }
    func end() -> String { "" }

    private func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}

// The squares of 100 kilometres of the Military Grid Reference System (NGA.STND.0037), and the
// letters that name them. A square is known by its letters and by its south-west corner on the
// grid of UTM or UPS; the letters repeat every 2,000 kilometres, and the latitude band, itself a
// letter, says which of the repetitions is meant. It knows nothing of text or of digits.

/// A square of 100 kilometres of the grid.
struct MGRSSquare: Hashable {
    /// 1 to 60; 0 in the polar regions.
    let zone: Int
    let band: UInt8
    let column: UInt8
    let row: UInt8
    /// The corner, in squares from the origin of the grid.
    let east: Int
    let north: Int

    static let metres = 100_000.0

    var isNorthern: Bool { band >= UInt8(ascii: "N") }

    private static let bands = Array("CDEFGHJKLMNPQRSTUVWX".utf8)
    private static let columns = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"].map { Array($0.utf8) }
    private static let rows = Array("ABCDEFGHJKLMNPQRSTUV".utf8)

    /// One half of a polar region.
    private struct PolarHalf {
        let band: UInt8
        let columns: [UInt8]
        let rows: [UInt8]
        let firstColumn: Int
        let firstRow: Int

        init(_ band: Unicode.Scalar, _ columns: String, _ rows: String, _ first: Int, _ row: Int) {
            self.band = UInt8(ascii: band)
            self.columns = Array(columns.utf8)
            self.rows = Array(rows.utf8)
            firstColumn = first
            firstRow = row
        }
    }

    private static let halves = [
        PolarHalf("A", "JKLPQRSTUXYZ", "ABCDEFGHJKLMNPQRSTUVWXYZ", 8, 8),
        PolarHalf("B", "ABCFGHJKLPQR", "ABCDEFGHJKLMNPQRSTUVWXYZ", 20, 8),
        PolarHalf("Y", "RSTUXYZ", "ABCDEFGHJKLMNP", 13, 13),
        PolarHalf("Z", "ABCFGHJ", "ABCDEFGHJKLMNP", 20, 13),
    ]
}

// MARK: - From the grid

extension MGRSSquare {
    /// The square of a point of UTM at this latitude.
    init?(_ point: UTM, latitude: Double) {
        let band = min(19, Int((latitude / 8).rounded(.down)) + 10)
        let east = Int(point.easting / Self.metres)
        // South of the equator by less than the last digit: still in the last southern square.
        let last = point.isNorthern ? 94 : 99
        let north = min(last, Int(point.northing / Self.metres))
        let columns = Self.columns[(point.zone - 1) % 3]
        guard Self.bands.indices.contains(band), columns.indices.contains(east - 1) else {
            return nil
        }
        self.init(
            zone: point.zone, band: Self.bands[band], column: columns[east - 1],
            row: Self.rows[(north + (point.zone % 2 == 0 ? 5 : 0)) % 20], east: east, north: north)
    }

    /// The square of a point of UPS.
    init?(_ point: UPS) {
        let east = Int(point.easting / Self.metres)
        let north = Int(point.northing / Self.metres)
        let half = Self.halves[(point.isNorthern ? 2 : 0) + (east >= 20 ? 1 : 0)]
        let (column, row) = (east - half.firstColumn, north - half.firstRow)
        guard half.columns.indices.contains(column), half.rows.indices.contains(row) else {
            return nil
        }
        self.init(
            zone: 0, band: half.band, column: half.columns[column], row: half.rows[row],
            east: east, north: north)
    }
}

// MARK: - From letters

extension MGRSSquare {
    /// The square of these capital letters; nil where there is none. `zone` is 0 for the poles.
    init?(zone: Int, band: UInt8, column: UInt8, row: UInt8) {
        if zone == 0 {
            guard let half = Self.halves.first(where: { $0.band == band }),
                let east = half.columns.firstIndex(of: column),
                let north = half.rows.firstIndex(of: row)
            else { return nil }
            self.init(
                zone: 0, band: band, column: column, row: row, east: east + half.firstColumn,
                north: north + half.firstRow)
            return
        }
        guard (1...60).contains(zone), let index = Self.bands.firstIndex(of: band),
            let column1 = Self.columns[(zone - 1) % 3].firstIndex(of: column),
            let letter = Self.rows.firstIndex(of: row)
        else { return nil }
        let first = (letter + (zone % 2 == 0 ? 15 : 0)) % 20
        let north = Self.row(first, nearBand: index)
        self.init(
            zone: zone, band: band, column: column, row: row, east: column1 + 1, north: north)
        guard (0...(isNorthern ? 94 : 99)).contains(north), touches(band: index) else { return nil }
    }

    /// Of the rows with one letter, 20 apart, the one that is nearest to the middle of a band.
    private static func row(_ first: Int, nearBand index: Int) -> Int {
        let middle = index == 19 ? 78.0 : Double(index * 8 - 76)
        let squares = middle * 1.109 + (middle < 0 ? 100 : 0) - 0.5
        let turns = ((squares - Double(first)) / 20).rounded()
        return first + 20 * Int(turns)
    }

    /// Whether a part of the square lies in the band.
    ///
    /// No square straddles the central meridian: its latitudes are those between its corners.
    private func touches(band index: Int) -> Bool {
        let south = Double(index * 8 - 80)
        let corners = [(0, 0), (0, 1), (1, 0), (1, 1)].map { corner in
            let east = Double(east + corner.0) * Self.metres - 500_000
            let north = Double(north + corner.1 - (isNorthern ? 0 : 100)) * Self.metres
            return TransverseMercator.utm.unproject(east: east, north: north).latitude
        }
        return corners.contains { $0 > south }
            && corners.contains { $0 < south + (index == 19 ? 12 : 8) }
    }
}

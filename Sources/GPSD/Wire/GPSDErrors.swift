import FairleadNMEAWire

/// The errors that gpsd derives from dilutions, in metres: 95 per cent.
///
/// Source: gpsd's error model, user equivalent range errors of 15, 19 and 23 metres, and a quarter
/// of them with differential corrections.
struct GPSDErrors {
    private(set) var longitude: Double?
    private(set) var latitude: Double?
    private(set) var vertical: Double?
    private(set) var horizontal: Double?
    private(set) var spherical: Double?

    /// A standard deviation to 95 per cent of a normal distribution.
    private static let confidence = 1.96

    init(_ fix: Fix, _ geometry: SkyGeometry?) {
        let factor = fix.quality == .differential ? 0.25 : 1.0
        longitude = geometry.map { $0.east * 15 * factor }
        latitude = geometry.map { $0.north * 15 * factor }
        vertical = fix.dilution.vertical.map { $0 * 23 * factor }
        horizontal = fix.dilution.horizontal.map { $0 * 19 * factor }
        spherical = fix.dilution.position.map { $0 * 19 * factor }
        guard let errors = fix.errors, errors.source != .dilution else { return }
        longitude = errors.longitude.map { $0 * Self.confidence } ?? longitude
        latitude = errors.latitude.map { $0 * Self.confidence } ?? latitude
        vertical = errors.altitude.map { $0 * Self.confidence } ?? vertical
        horizontal = errors.horizontal.map { $0 * Self.confidence } ?? horizontal
    }
}

// Coordinates as people write them, in degrees, in degrees and minutes, or in degrees, minutes and
// seconds, with the letter of the hemisphere: ISO 6709, annex D. What is written is rounded as a
// whole number of its last digit before it is divided, so that no 60 can stand where a minute is
// full. What is read is taken strictly: one letter for each axis, latitude first, minutes and
// seconds below 60, decimals in the last part only. Nothing is guessed.

/// How a coordinate is written: `52°22′12.8″N 4°53′42.6″E`.
public struct CoordinateFormat: Hashable, Sendable {
    /// The smallest unit, which alone has decimals.
    public enum Unit: Hashable, Sendable, CaseIterable {
        case degrees
        case minutes
        case seconds
    }

    /// The signs after the numbers.
    public enum Marks: Hashable, Sendable, CaseIterable {
        /// Those of ISO 6709: `°`, `′` and `″`.
        case iso
        /// `d`, `'` and `"`, where only ASCII can pass.
        case ascii

        fileprivate var texts: [String] { self == .iso ? ["°", "′", "″"] : ["d", "'", "\""] }
    }

    public let unit: Unit
    /// Digits after the point.
    public let decimals: Int
    public let marks: Marks

    /// A format; `decimals` is limited to 0 to 9, and without it what gives about a decimetre.
    public init(_ unit: Unit, decimals: Int? = nil, marks: Marks = .iso) {
        self.unit = unit
        let usual =
            switch unit {
            case .degrees: 6
            case .minutes: 4
            case .seconds: 2
            }
        self.decimals = min(9, max(0, decimals ?? usual))
        self.marks = marks
    }

    /// The text of a place, latitude first.
    public func text(_ place: Coordinate) -> String {
        text(place.latitude, "NS") + " " + text(place.longitude, "EW")
    }

    private func text(_ degrees: Double, _ hemispheres: String) -> String {
        let parts = unit == .degrees ? 1 : unit == .minutes ? 60 : 3600
        let scale = (0..<decimals).reduce(into: 1) { power, _ in power *= 10 }
        // At most 180 × 3600 × 10⁹: exact as a Double.
        let total = Int((abs(degrees) * Double(parts * scale)).rounded())
        let isNegative = degrees < 0 && total > 0
        var numbers = [total / scale]
        for _ in 1..<max(1, unit == .degrees ? 1 : unit == .minutes ? 2 : 3) {
            numbers = [numbers[0] / 60, numbers[0] % 60] + numbers.dropFirst()
        }
        var text = ""
        for (index, (number, mark)) in zip(numbers, marks.texts).enumerated() {
            text += index == 0 ? String(number) : paddedText(number, digits: 2)
            if index == numbers.count - 1, decimals > 0 {
                text += "." + paddedText(total % scale, digits: decimals)
            }
            text += mark
        }
        return text + String(isNegative ? hemispheres.suffix(1) : hemispheres.prefix(1))
    }
}

extension Coordinate {
    /// The text of this place in a format.
    public func text(_ format: CoordinateFormat) -> String { format.text(self) }

    /// A place from text as `CoordinateFormat` writes it, in any unit and with either marks.
    ///
    /// Between latitude and longitude stands one blank, after a comma or without. Nil for anything
    /// else: a missing, doubled or wrong hemisphere, minutes or seconds of 60, a sign.
    public init?(text: String) {
        var rest = Array(text.utf8)[...]
        guard rest.count <= 100, let latitude = Self.angle(&rest, "N", "S") else { return nil }
        if rest.first == UInt8(ascii: ",") { rest = rest.dropFirst() }
        guard rest.first == UInt8(ascii: " ") else { return nil }
        rest = rest.dropFirst()
        guard let longitude = Self.angle(&rest, "E", "W"), rest.isEmpty else { return nil }
        self.init(latitude: latitude, longitude: longitude)
    }

    /// One angle with its hemisphere.
    private static func angle(
        _ rest: inout ArraySlice<UInt8>, _ positive: Unicode.Scalar, _ negative: Unicode.Scalar
    ) -> Double? {
        var value = 0.0
        var unit = 1.0
        var isWhole = true
        for mark in 0..<3 {
            guard isWhole, let number = number(&rest, wholeDigits: mark == 0 ? 3 : 2),
                mark == 0 || number.value < 60, skipMark(mark, &rest)
            else { return nil }
            value += number.value / unit
            unit *= 60
            isWhole = number.isWhole
            guard let next = rest.first else { return nil }
            if next == UInt8(ascii: positive) || next == UInt8(ascii: negative) {
                rest = rest.dropFirst()
                return next == UInt8(ascii: negative) ? 0 - value : value
            }
        }
        return nil
    }

    /// Digits, and after a point more digits.
    private static func number(_ rest: inout ArraySlice<UInt8>, wholeDigits: Int) -> (
        value: Double, isWhole: Bool
    )? {
        let whole = rest.prefix(while: isDecimalDigit)
        guard (1...wholeDigits).contains(whole.count) else { return nil }
        var end = whole.endIndex
        if end < rest.endIndex, rest[end] == UInt8(ascii: ".") {
            let decimals = rest[(end + 1)...].prefix(while: isDecimalDigit)
            guard !decimals.isEmpty else { return nil }
            end = decimals.endIndex
        }
        guard let value = Double(String(decoding: rest[..<end], as: UTF8.self)) else { return nil }
        let isWhole = end == whole.endIndex
        rest = rest[end...]
        return (value, isWhole)
    }

    private static func skipMark(_ index: Int, _ rest: inout ArraySlice<UInt8>) -> Bool {
        for marks in CoordinateFormat.Marks.allCases {
            let mark = marks.texts[index].utf8
            if rest.starts(with: mark) {
                rest = rest.dropFirst(mark.count)
                return true
            }
        }
        return false
    }
}

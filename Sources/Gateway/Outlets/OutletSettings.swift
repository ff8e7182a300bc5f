// What the settings of an outlet mean: the kind asks for each by name and type, and what nobody
// asked for is an error, so that a mistyped name is never ignored. It must never know a kind of
// outlet, nor where the settings were written: an error names the setting, and the configuration
// its line.

import FairleadWire

/// A setting that a kind of outlet has.
public struct OutletSetting: Hashable, Sendable {
    public let name: String
    /// What it is for, in a few words, with the value that counts without it.
    public let summary: String

    init(_ name: String, _ summary: String) {
        self.name = name
        self.summary = summary
    }
}

/// Reads the settings of an outlet one by one, typed, and refuses what is left over.
struct OutletSettings {
    private let plan: OutletPlan
    private var left: [String: [String]]
    private var known: [String] = []

    init(_ plan: OutletPlan) {
        self.plan = plan
        left = plan.settings
    }

    /// Any number of values.
    mutating func list(_ name: String) -> [String] {
        known.append(name)
        return left.removeValue(forKey: name) ?? []
    }

    /// One text; not an empty one.
    mutating func text(_ name: String) throws(OutletError) -> String? {
        let values = list(name)
        guard let value = values.first else { return nil }
        if values.count > 1 || value.isEmpty { throw error(name, expected: "one value") }
        return value
    }

    /// A whole number.
    mutating func number(_ name: String, in range: ClosedRange<Int>) throws(OutletError) -> Int? {
        guard let text = try text(name) else { return nil }
        if let value = decimalNumber(text.utf8, atMost: UInt64(Int.max)),
            let number = Int(exactly: value), range.contains(number)
        {
            return number
        }
        throw error(name, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }

    /// Yes or no.
    mutating func flag(_ name: String) throws(OutletError) -> Bool? {
        guard let text = try text(name) else { return nil }
        switch text.lowercased() {
        case "1", "yes", "true", "on": return true
        case "0", "no", "false", "off": return false
        default: throw error(name, expected: "yes or no")
        }
    }

    /// A duration: seconds, or with a unit (`500ms`, `2s`, `3m`, `1h`, `7d`).
    mutating func duration(_ name: String) throws(OutletError) -> Duration? {
        guard let text = try text(name) else { return nil }
        if let value = Self.scaled(text, Self.units) { return .nanoseconds(Int64(value * 1e9)) }
        throw error(name, expected: "a duration such as 5, 500ms, 2s, 3m, 1h or 7d")
    }

    /// A number of bytes, with `k`, `M` or `G` for powers of 1,000.
    mutating func bytes(_ name: String) throws(OutletError) -> Int? {
        guard let text = try text(name) else { return nil }
        if let value = Self.scaled(text, Self.sizes), let bytes = Int(exactly: value.rounded()) {
            return bytes
        }
        throw error(name, expected: "a number of bytes such as 500k, 200M or 2G")
    }

    /// Refuses whatever was not taken.
    func finish() throws(OutletError) {
        guard let extra = left.keys.min() else { return }
        let names = known.isEmpty ? "no settings" : "one of \(known.joined(separator: ", "))"
        throw OutletError(
            plan.description, setting: extra, expected: names,
            suggestion: nearestName(to: extra, in: known), isUnknown: true)
    }

    /// An error about one setting.
    func error(_ name: String, expected: String) -> OutletError {
        OutletError(plan.description, setting: name, expected: expected)
    }

    private static let units: [Substring: Double] = [
        "ms": 0.001, "": 1, "s": 1, "m": 60, "h": 3600, "d": 86400,
    ]
    private static let sizes: [Substring: Double] = ["": 1, "k": 1e3, "M": 1e6, "G": 1e9]

    /// A plain decimal number with a unit; up to 10^9 of the smallest whole one for times, and up
    /// to 10^15 for sizes.
    private static func scaled(_ text: String, _ units: [Substring: Double]) -> Double? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let scale = units[text.dropFirst(digits.count)], let value = Double(digits) else {
            return nil
        }
        let result = value * scale
        return result <= (units["k"] == nil ? 1e9 : 1e15) ? result : nil
    }
}

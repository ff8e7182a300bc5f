import FairleadNMEAWire

/// How the monitor shows it, as the keys have set it.
public struct MonitorSettings: Hashable, Sendable {
    enum Units: String, CaseIterable, Sendable {
        case metric
        case nautical
        case imperial
    }

    enum Order: String, CaseIterable, Sendable {
        case number
        case strength
        case elevation
    }

    var units = Units.metric
    var format = CoordinateFormat.Unit.degrees
    var order = Order.number
    var showsHelp = false
    /// Whether colours may be used.
    public var hasColour: Bool

    public init(hasColour: Bool = true) { self.hasColour = hasColour }

    static func next<Value: CaseIterable & Equatable>(_ value: Value) -> Value {
        let all = Array(Value.allCases)
        let place = all.firstIndex(of: value) ?? 0
        return all[(place + 1) % all.count]
    }

    /// Does what a key is for.
    ///
    /// - Returns: whether it is the end.
    public mutating func press(_ key: UInt8, _ model: inout MonitorModel) -> Bool {
        switch key {
        // Control-C and control-D are keys here, since the terminal is told to send all.
        case UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x03, 0x04: return true
        case UInt8(ascii: "d"), 0x09: model.selectNext()
        case UInt8(ascii: "u"): units = Self.next(units)
        case UInt8(ascii: "f"): format = Self.next(format)
        case UInt8(ascii: "s"): order = Self.next(order)
        case UInt8(ascii: "?"), UInt8(ascii: "h"): showsHelp.toggle()
        default: break
        }
        return false
    }
}

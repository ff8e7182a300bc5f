// What each sentence says about where the bow points. A direction that is none is not taken, and
// a sentence without one is no heading.

extension Heading {
    /// What a sentence says; nil when it tells no heading.
    init?(_ sentence: Sentence) {
        switch sentence {
        case .hdt(let hdt): degrees = Self.direction(hdt.heading)
        case .ths(let ths):
            guard ths.mode?.rawValue != UInt8(ascii: "V"), ths.mode != .notValid else { return nil }
            degrees = Self.direction(ths.heading)
        case .hdm(let hdm): magnetic = Self.direction(hdm.heading)
        case .hdg(let hdg):
            let deviation = hdg.deviation?.value(in: -180...180) ?? 0
            magnetic = Self.direction(hdg.heading).map { Self.inCircle($0 + deviation) }
            variation = hdg.variation?.value(in: -180...180)
        case .pashr(let pashr):
            degrees = Self.direction(pashr.heading)
            (roll, pitch) = (pashr.roll?.value, pashr.pitch?.value)
        case .ptnlavr(let avr) where avr.quality != 0:
            degrees = Self.direction(avr.yaw)
            roll = avr.roll?.value
        case .pqtmtar(let tar) where tar.quality != 0:
            degrees = Self.direction(tar.heading)
            (roll, pitch) = (tar.roll?.value, tar.pitch?.value)
        default: return nil
        }
        if degrees == nil, magnetic == nil { return nil }
    }

    /// Each kind of heading from the other, with the variation that the sentence has or another
    /// had.
    mutating func complete(_ known: Double?) {
        variation = variation ?? known
        guard let variation else { return }
        if let magnetic {
            degrees = Self.inCircle(magnetic + variation)
        } else if let degrees {
            magnetic = Self.inCircle(degrees - variation)
        }
    }

    /// A direction as a sentence writes it, 360 for north too; nil when it is none.
    private static func direction(_ number: NMEANumber?) -> Double? {
        number?.value(in: 0...360).map { inCircle($0) }
    }

    /// The same direction between 0 and 360 degrees.
    private static func inCircle(_ degrees: Double) -> Double {
        let rest = degrees.truncatingRemainder(dividingBy: 360)
        let positive = rest < 0 ? rest + 360 : rest
        // So little less than nothing that it was rounded.
        return positive < 360 ? positive : 0
    }
}

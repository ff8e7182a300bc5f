/// What transducers measure: any number of values, each with its type, unit and name.
///
/// Source: NMEA 0183 4.11, 8.3 XDR.
public struct XDR: TypedSentence {
    public static var kind: SentenceKind { .xdr }

    /// What one transducer measures.
    public struct Measurement: Hashable, Sendable {
        /// `A` angle, `C` temperature, `D` displacement, `P` pressure, `H` humidity, `U` voltage …
        public var type: PlainLetter?
        public var value: NMEANumber?
        /// `C` Celsius, `D` degrees, `M` metres, `B` bar, `P` pascal or percent, `V` volt …
        public var unit: PlainLetter?
        /// Which transducer it is.
        public var name: String?

        public init(
            type: PlainLetter? = nil, value: NMEANumber? = nil, unit: PlainLetter? = nil,
            name: String? = nil
        ) {
            self.type = type
            self.value = value
            self.unit = unit
            self.name = name
        }

        mutating func code(_ fields: inout some FieldCoder) {
            fields.letter(&type)
            fields.number(&value)
            fields.letter(&unit)
            fields.text(&name)
        }
    }

    public var measurements: [Measurement] = []

    public init() {}

    public mutating func code(_ fields: inout some FieldCoder) {
        guard let remaining = fields.remaining else {
            for var measurement in measurements { measurement.code(&fields) }
            return
        }
        if remaining % 4 != 0 { fields.refuse() }
        for _ in 0..<remaining / 4 {
            var measurement = Measurement()
            measurement.code(&fields)
            measurements.append(measurement)
        }
    }
}

/// What a sentence says, in brief: a second copy of it has the same.
struct Mark: Equatable {
    private var first: Int64?
    private var second: Int64?

    @inline(__always)
    init(_ sentence: some PositionSentence) {
        (first, second) = (sentence.latitude?.minutes.units, sentence.longitude?.minutes.units)
    }

    init(_ vtg: VTG) {
        (first, second) = ((vtg.speedKnots ?? vtg.speedKmh)?.units, vtg.courseTrue?.units)
    }
}

// Any typed sentence as one value, for a switch over what came. The switches are cut by family,
// the most frequent first; a new sentence is a type, a case here, and a case of `SentenceKind`.
// What has no type, and what breaks its type's rules, is a case too: nothing gets lost.

/// A sentence, by type.
public enum Sentence: Hashable, Sendable {
    case gga(GGA)
    case rmc(RMC)
    case gll(GLL)
    case vtg(VTG)
    case gns(GNS)
    case zda(ZDA)
    case gst(GST)
    case gbs(GBS)
    case dtm(DTM)
    case gsv(GSV)
    case gsa(GSA)
    case grs(GRS)
    case hdg(HDG)
    case hdm(HDM)
    case hdt(HDT)
    case rot(ROT)
    case ths(THS)
    case dbk(DBK)
    case dbs(DBS)
    case dbt(DBT)
    case dpt(DPT)
    case mtw(MTW)
    case vbw(VBW)
    case vdr(VDR)
    case vhw(VHW)
    case vlw(VLW)
    case mwd(MWD)
    case mwv(MWV)
    case vwr(VWR)
    case vdm(VDM)
    case vdo(VDO)
    case aam(AAM)
    case apb(APB)
    case bod(BOD)
    case bwc(BWC)
    case bwr(BWR)
    case rmb(RMB)
    case rte(RTE)
    case wpl(WPL)
    case xte(XTE)
    case msk(MSK)
    case mss(MSS)
    case osd(OSD)
    case rpm(RPM)
    case rsa(RSA)
    case tll(TLL)
    case ttm(TTM)
    case txt(TXT)
    case xdr(XDR)
    case pashr(PASHR)
    case pgrme(PGRME)
    case pgrmf(PGRMF)
    case pgrmm(PGRMM)
    case pgrmt(PGRMT)
    case pgrmz(PGRMZ)
    case pmgnst(PMGNST)
    case pmtk001(PMTK001)
    case pmtk010(PMTK010)
    case pmtk011(PMTK011)
    case pmtk705(PMTK705)
    case pqtmepe(PQTMEPE)
    case pqtmtar(PQTMTAR)
    case pqtmvel(PQTMVEL)
    case pqtmverno(PQTMVERNO)
    case psrf150(PSRF150)
    case psrfepe(PSRFEPE)
    case psrftxt(PSRFTXT)
    case psti030(PSTI030)
    case psti032(PSTI032)
    case ptnlavr(PTNLAVR)
    case ptnlggk(PTNLGGK)
    case pubx00(PUBX00)
    case pubx03(PUBX03)
    case pubx04(PUBX04)
    /// A sentence without a type; its bytes say what there is.
    case unknown
    /// A sentence whose fields are not what its type promises.
    case malformed(SentenceKind)
}

extension Sentence {
    /// Reads the fields behind the address and calls `body` with what they say.
    ///
    /// Whether it is malformed is said apart, and a sentence is lent, not returned, because to
    /// look at one or to return it copies it, and a copy costs as much as four fields.
    @inline(__always)
    static func read(
        _ kind: SentenceKind, _ reader: FieldReader,
        _ body: (_ sentence: Sentence, _ isMalformed: Bool) throws -> Void
    ) rethrows {
        switch kind {
        case .gga:
            var content = GGA()
            if fill(&content, reader) { return try body(.gga(content), false) }
        case .rmc:
            var content = RMC()
            if fill(&content, reader) { return try body(.rmc(content), false) }
        case .gsv:
            var content = GSV()
            if fill(&content, reader) { return try body(.gsv(content), false) }
        case .gsa:
            var content = GSA()
            if fill(&content, reader) { return try body(.gsa(content), false) }
        case .vtg:
            var content = VTG()
            if fill(&content, reader) { return try body(.vtg(content), false) }
        case .gll:
            var content = GLL()
            if fill(&content, reader) { return try body(.gll(content), false) }
        case .gns:
            var content = GNS()
            if fill(&content, reader) { return try body(.gns(content), false) }
        default:
            var isMalformed = false
            let sentence = other(kind, reader, &isMalformed)
            return try body(sentence, isMalformed)
        }
        try body(.malformed(kind), true)
    }

    /// Reads the fields of a sentence; false when they are malformed.
    @inline(never)
    private static func fill(_ content: inout some TypedSentence, _ reader: FieldReader) -> Bool {
        var reader = reader
        content.code(&reader)
        return !reader.isMalformed
    }

    /// All that come less often.
    @inline(never)
    private static func other(
        _ kind: SentenceKind, _ reader: FieldReader, _ isMalformed: inout Bool
    ) -> Sentence {
        position(kind, reader, &isMalformed) ?? heading(kind, reader, &isMalformed) ?? water(
            kind, reader, &isMalformed)
            ?? wind(kind, reader, &isMalformed) ?? navigation(kind, reader, &isMalformed) ?? vessel(
                kind, reader, &isMalformed)
            ?? makers(kind, reader, &isMalformed) ?? .unknown
    }

    private static func read<Content: TypedSentence>(
        _ reader: FieldReader, _ isMalformed: inout Bool, _ wrap: (Content) -> Sentence
    ) -> Sentence {
        var content = Content()
        if fill(&content, reader) { return wrap(content) }
        isMalformed = true
        return .malformed(Content.kind)
    }

    private static func position(
        _ kind: SentenceKind, _ reader: FieldReader, _ isMalformed: inout Bool
    ) -> Sentence? {
        switch kind {
        case .zda: read(reader, &isMalformed) { .zda($0) }
        case .grs: read(reader, &isMalformed) { .grs($0) }
        case .gst: read(reader, &isMalformed) { .gst($0) }
        case .gbs: read(reader, &isMalformed) { .gbs($0) }
        case .dtm: read(reader, &isMalformed) { .dtm($0) }
        default: nil
        }
    }

    private static func heading(
        _ kind: SentenceKind, _ reader: FieldReader, _ isMalformed: inout Bool
    ) -> Sentence? {
        switch kind {
        case .hdg: read(reader, &isMalformed) { .hdg($0) }
        case .hdm: read(reader, &isMalformed) { .hdm($0) }
        case .hdt: read(reader, &isMalformed) { .hdt($0) }
        case .rot: read(reader, &isMalformed) { .rot($0) }
        case .ths: read(reader, &isMalformed) { .ths($0) }
        default: nil
        }
    }

    private static func water(
        _ kind: SentenceKind, _ reader: FieldReader, _ isMalformed: inout Bool
    ) -> Sentence? {
        switch kind {
        case .dbk: read(reader, &isMalformed) { .dbk($0) }
        case .dbs: read(reader, &isMalformed) { .dbs($0) }
        case .dbt: read(reader, &isMalformed) { .dbt($0) }
        case .dpt: read(reader, &isMalformed) { .dpt($0) }
        case .mtw: read(reader, &isMalformed) { .mtw($0) }
        case .vbw: read(reader, &isMalformed) { .vbw($0) }
        case .vdr: read(reader, &isMalformed) { .vdr($0) }
        case .vhw: read(reader, &isMalformed) { .vhw($0) }
        case .vlw: read(reader, &isMalformed) { .vlw($0) }
        default: nil
        }
    }

    private static func wind(
        _ kind: SentenceKind, _ reader: FieldReader, _ isMalformed: inout Bool
    ) -> Sentence? {
        switch kind {
        case .mwd: read(reader, &isMalformed) { .mwd($0) }
        case .mwv: read(reader, &isMalformed) { .mwv($0) }
        case .vwr: read(reader, &isMalformed) { .vwr($0) }
        default: nil
        }
    }

    private static func navigation(
        _ kind: SentenceKind, _ reader: FieldReader, _ isMalformed: inout Bool
    ) -> Sentence? {
        switch kind {
        case .vdm: read(reader, &isMalformed) { .vdm($0) }
        case .vdo: read(reader, &isMalformed) { .vdo($0) }
        case .aam: read(reader, &isMalformed) { .aam($0) }
        case .apb: read(reader, &isMalformed) { .apb($0) }
        case .bod: read(reader, &isMalformed) { .bod($0) }
        case .bwc: read(reader, &isMalformed) { .bwc($0) }
        case .bwr: read(reader, &isMalformed) { .bwr($0) }
        case .rmb: read(reader, &isMalformed) { .rmb($0) }
        case .rte: read(reader, &isMalformed) { .rte($0) }
        case .wpl: read(reader, &isMalformed) { .wpl($0) }
        case .xte: read(reader, &isMalformed) { .xte($0) }
        default: nil
        }
    }

    private static func vessel(
        _ kind: SentenceKind, _ reader: FieldReader, _ isMalformed: inout Bool
    ) -> Sentence? {
        switch kind {
        case .msk: read(reader, &isMalformed) { .msk($0) }
        case .mss: read(reader, &isMalformed) { .mss($0) }
        case .osd: read(reader, &isMalformed) { .osd($0) }
        case .rpm: read(reader, &isMalformed) { .rpm($0) }
        case .rsa: read(reader, &isMalformed) { .rsa($0) }
        case .tll: read(reader, &isMalformed) { .tll($0) }
        case .ttm: read(reader, &isMalformed) { .ttm($0) }
        case .txt: read(reader, &isMalformed) { .txt($0) }
        case .xdr: read(reader, &isMalformed) { .xdr($0) }
        default: nil
        }
    }

    private static func makers(
        _ kind: SentenceKind, _ reader: FieldReader, _ isMalformed: inout Bool
    ) -> Sentence? {
        switch kind {
        case .pashr: read(reader, &isMalformed) { .pashr($0) }
        case .pgrme: read(reader, &isMalformed) { .pgrme($0) }
        case .pgrmf: read(reader, &isMalformed) { .pgrmf($0) }
        case .pgrmm: read(reader, &isMalformed) { .pgrmm($0) }
        case .pgrmt: read(reader, &isMalformed) { .pgrmt($0) }
        case .pgrmz: read(reader, &isMalformed) { .pgrmz($0) }
        case .pmgnst: read(reader, &isMalformed) { .pmgnst($0) }
        case .pmtk001: read(reader, &isMalformed) { .pmtk001($0) }
        case .pmtk010: read(reader, &isMalformed) { .pmtk010($0) }
        case .pmtk011: read(reader, &isMalformed) { .pmtk011($0) }
        case .pmtk705: read(reader, &isMalformed) { .pmtk705($0) }
        case .pqtmepe: read(reader, &isMalformed) { .pqtmepe($0) }
        case .pqtmtar: read(reader, &isMalformed) { .pqtmtar($0) }
        case .pqtmvel: read(reader, &isMalformed) { .pqtmvel($0) }
        case .pqtmverno: read(reader, &isMalformed) { .pqtmverno($0) }
        case .psrf150: read(reader, &isMalformed) { .psrf150($0) }
        case .psrfepe: read(reader, &isMalformed) { .psrfepe($0) }
        case .psrftxt: read(reader, &isMalformed) { .psrftxt($0) }
        case .psti030: read(reader, &isMalformed) { .psti030($0) }
        case .psti032: read(reader, &isMalformed) { .psti032($0) }
        case .ptnlavr: read(reader, &isMalformed) { .ptnlavr($0) }
        case .ptnlggk: read(reader, &isMalformed) { .ptnlggk($0) }
        case .pubx00: read(reader, &isMalformed) { .pubx00($0) }
        case .pubx03: read(reader, &isMalformed) { .pubx03($0) }
        case .pubx04: read(reader, &isMalformed) { .pubx04($0) }
        default: nil
        }
    }
}

extension Sentence {
    /// What it holds; nil for `unknown` and `malformed`.
    public var content: (any TypedSentence)? {
        positionContent ?? satellitesContent ?? headingContent ?? waterContent
            ?? windContent ?? navigationContent ?? vesselContent ?? makersContent
    }

    private var positionContent: (any TypedSentence)? {
        switch self {
        case .gga(let content): content
        case .rmc(let content): content
        case .gll(let content): content
        case .vtg(let content): content
        case .gns(let content): content
        case .zda(let content): content
        case .gst(let content): content
        case .gbs(let content): content
        case .dtm(let content): content
        default: nil
        }
    }

    private var satellitesContent: (any TypedSentence)? {
        switch self {
        case .gsv(let content): content
        case .gsa(let content): content
        case .grs(let content): content
        default: nil
        }
    }

    private var headingContent: (any TypedSentence)? {
        switch self {
        case .hdg(let content): content
        case .hdm(let content): content
        case .hdt(let content): content
        case .rot(let content): content
        case .ths(let content): content
        default: nil
        }
    }

    private var waterContent: (any TypedSentence)? {
        switch self {
        case .dbk(let content): content
        case .dbs(let content): content
        case .dbt(let content): content
        case .dpt(let content): content
        case .mtw(let content): content
        case .vbw(let content): content
        case .vdr(let content): content
        case .vhw(let content): content
        case .vlw(let content): content
        default: nil
        }
    }

    private var windContent: (any TypedSentence)? {
        switch self {
        case .mwd(let content): content
        case .mwv(let content): content
        case .vwr(let content): content
        default: nil
        }
    }

    private var navigationContent: (any TypedSentence)? {
        switch self {
        case .vdm(let content): content
        case .vdo(let content): content
        case .aam(let content): content
        case .apb(let content): content
        case .bod(let content): content
        case .bwc(let content): content
        case .bwr(let content): content
        case .rmb(let content): content
        case .rte(let content): content
        case .wpl(let content): content
        case .xte(let content): content
        default: nil
        }
    }

    private var vesselContent: (any TypedSentence)? {
        switch self {
        case .msk(let content): content
        case .mss(let content): content
        case .osd(let content): content
        case .rpm(let content): content
        case .rsa(let content): content
        case .tll(let content): content
        case .ttm(let content): content
        case .txt(let content): content
        case .xdr(let content): content
        default: nil
        }
    }

    private var makersContent: (any TypedSentence)? {
        switch self {
        case .pashr(let content): content
        case .pgrme(let content): content
        case .pgrmf(let content): content
        case .pgrmm(let content): content
        case .pgrmt(let content): content
        case .pgrmz(let content): content
        case .pmgnst(let content): content
        case .pmtk001(let content): content
        case .pmtk010(let content): content
        case .pmtk011(let content): content
        case .pmtk705(let content): content
        case .pqtmepe(let content): content
        case .pqtmtar(let content): content
        case .pqtmvel(let content): content
        case .pqtmverno(let content): content
        case .psrf150(let content): content
        case .psrfepe(let content): content
        case .psrftxt(let content): content
        case .psti030(let content): content
        case .psti032(let content): content
        case .ptnlavr(let content): content
        case .ptnlggk(let content): content
        case .pubx00(let content): content
        case .pubx03(let content): content
        case .pubx04(let content): content
        default: nil
        }
    }
}

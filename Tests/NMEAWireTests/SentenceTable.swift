// One row or more for each type: a sentence as the standard or its maker describes it, written
// for this table, and what it says. Other families are in the files beside this one. The checksum
// is computed.

import FairleadNMEAWire

/// A sentence without `$` and checksum, and what it says.
struct SentenceRow: Sendable {
    let body: String
    let content: any TypedSentence

    init(_ body: String, _ content: any TypedSentence) {
        self.body = body
        self.content = content
    }

    /// The whole sentence with CR LF.
    var sentence: String {
        line(body, first: type(of: content).kind.isEncapsulated ? "!" : "$")
    }
}

/// The rows of every family.
let sentenceTable: [SentenceRow] =
    positionRows + courseRows + waterRows + navigationRows + vesselRows + makersRows + aisRows

private let positionRows: [SentenceRow] = [
    SentenceRow(
        "GPGGA,101530.25,5206.1234,N,00430.5678,W,2,09,1.1,-12.30,M,45.6,M,4.0,0120",
        GGA {
            $0.time = time(10, 15, 30, 250)
            $0.latitude = latitude(52, 6.1234)
            $0.longitude = longitude(-4, 30.5678)
            $0.quality = 2
            $0.satellitesUsed = 9
            $0.hdop = 1.1
            $0.altitude = -12.3
            $0.geoidSeparation = 45.6
            $0.correctionAge = 4
            $0.station = 120
        }),
    SentenceRow(
        "GNGGA,,,,,,0,00,99.99,,,,,,",
        GGA {
            $0.quality = 0
            $0.satellitesUsed = 0
            $0.hdop = 99.99
        }),
    SentenceRow(
        "GPGGA,000000,9000.000,S,18000.000,E,1,04,2.5,0,M,0,M,,",
        GGA {
            $0.time = time(0, 0, 0)
            $0.latitude = latitude(-90, 0)
            $0.longitude = longitude(180, 0)
            $0.quality = 1
            $0.satellitesUsed = 4
            $0.hdop = 2.5
            $0.altitude = 0
            $0.geoidSeparation = 0
        }),
    SentenceRow(
        "GPRMC,235960,A,0000.0001,S,00000.0001,W,12.5,359.9,311216,3.1,W",
        RMC {
            $0.time = time(23, 59, 60)
            $0.status = .valid
            $0.latitude = Latitude(minutes: -0.0001)
            $0.longitude = Longitude(minutes: -0.0001)
            $0.speedKnots = 12.5
            $0.course = 359.9
            $0.date = TwoDigitDate(year: 16, month: 12, day: 31)
            $0.magneticVariation = -3.1
        }),
    SentenceRow(
        "GNRMC,081512.00,V,,,,,,,290224,,,N,V",
        RMC {
            $0.time = time(8, 15, 12)
            $0.status = .warning
            $0.date = TwoDigitDate(year: 24, month: 2, day: 29)
            $0.mode = .notValid
            $0.navigationalStatus = .notValid
        }),
    SentenceRow(
        "GPRMC,,V,,,,,01.,000.,000000,01.,E,A",
        RMC {
            $0.status = .warning
            $0.speedKnots = 1
            $0.course = 0
            $0.magneticVariation = 1
            $0.mode = .autonomous
        }),
    SentenceRow(
        "GPGLL,5206.50,N,00430.25,E",
        GLL {
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(4, 30.25)
        }),
    SentenceRow(
        "GPGLL,5206.50,N,00430.25,E,101530,A,D",
        GLL {
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(4, 30.25)
            $0.time = time(10, 15, 30)
            $0.status = .valid
            $0.mode = .differential
        }),
    SentenceRow(
        "GNGNS,101530.00,5206.50,N,00430.25,E,AANN,14,0.7,18.2,45.6,,,S",
        GNS {
            $0.time = time(10, 15, 30)
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(4, 30.25)
            $0.modes = "AANN"
            $0.satellitesUsed = 14
            $0.hdop = 0.7
            $0.altitude = 18.2
            $0.geoidSeparation = 45.6
            $0.navigationalStatus = .safe
        }),
    SentenceRow(
        "GPGSA,A,3,02,05,,13,,,,29,,,,,2.1,1.2,1.7",
        GSA {
            $0.selection = "A"
            $0.fix = 3
            $0.satellites = [2, 5, 13, 29]
            $0.pdop = 2.1
            $0.hdop = 1.2
            $0.vdop = 1.7
        }),
    SentenceRow(
        "GNGSA,M,1,301,302,303,304,305,306,307,308,309,310,311,312,9.9,9.9,9.9,3",
        GSA {
            $0.selection = "M"
            $0.fix = 1
            $0.satellites = [301, 302, 303, 304, 305, 306, 307, 308, 309, 310, 311, 312]
            $0.pdop = 9.9
            $0.hdop = 9.9
            $0.vdop = 9.9
            $0.system = 3
        }),
    SentenceRow(
        "GPGSV,2,1,05,02,45,120,38,05,,,41,13,-3,000,,29,90,359,99",
        GSV {
            $0.total = 2
            $0.number = 1
            $0.inView = 5
            $0.satellites = [
                GSV.Satellite(number: 2, elevation: 45, azimuth: 120, signalToNoise: 38),
                GSV.Satellite(number: 5, signalToNoise: 41),
                GSV.Satellite(number: 13, elevation: -3, azimuth: 0),
                GSV.Satellite(number: 29, elevation: 90, azimuth: 359, signalToNoise: 99),
            ]
        }),
    SentenceRow(
        "GAGSV,1,1,01,07,12,034,29,7",
        GSV {
            $0.total = 1
            $0.number = 1
            $0.inView = 1
            $0.satellites = [
                GSV.Satellite(number: 7, elevation: 12, azimuth: 34, signalToNoise: 29)
            ]
            $0.signal = 7
        }),
    SentenceRow(
        "GLGSV,1,1,00",
        GSV {
            $0.total = 1
            $0.number = 1
            $0.inView = 0
        }),
    SentenceRow(
        "GPGSV,1,1,01,25,00,,42,,,,,,,,",
        GSV {
            $0.total = 1
            $0.number = 1
            $0.inView = 1
            $0.satellites = [GSV.Satellite(number: 25, elevation: 0, signalToNoise: 42)]
        }),
    SentenceRow(
        "GPVTG,77.5,T,93.3,M,5.2,N,9.7,K,A",
        VTG {
            $0.courseTrue = 77.5
            $0.courseMagnetic = 93.3
            $0.speedKnots = 5.2
            $0.speedKmh = 9.7
            $0.mode = .autonomous
        }),
    SentenceRow(
        "GPVTG,77.5,93.3,5.2,9.7",
        VTG {
            $0.courseTrue = 77.5
            $0.courseMagnetic = 93.3
            $0.speedKnots = 5.2
            $0.speedKmh = 9.7
        }),
    SentenceRow(
        "GPVTG,,,,,0.1,N,0.2,K",
        VTG {
            $0.speedKnots = 0.1
            $0.speedKmh = 0.2
        }),
    SentenceRow(
        "INZDA,194104.5,16,09,2006,-05,30",
        ZDA {
            $0.time = time(19, 41, 4, 500)
            $0.date = NMEADate(year: 2006, month: 9, day: 16)
            $0.zoneHours = -5
            $0.zoneMinutes = 30
        }),
    SentenceRow("GPZDA,,00,00,0000,,", ZDA()),
    SentenceRow(
        "GPGST,101530.00,1.8,2.5,1.5,78.4,1.9,2.1,3.2",
        GST {
            $0.time = time(10, 15, 30)
            $0.rangeResidual = 1.8
            $0.semiMajorError = 2.5
            $0.semiMinorError = 1.5
            $0.orientation = 78.4
            $0.latitudeError = 1.9
            $0.longitudeError = 2.1
            $0.altitudeError = 3.2
        }),
    SentenceRow(
        "GNGBS,101530.00,1.6,1.4,3.2,03,0.015,-21.4,3.8,1,0",
        GBS {
            $0.time = time(10, 15, 30)
            $0.latitudeError = 1.6
            $0.longitudeError = 1.4
            $0.altitudeError = 3.2
            $0.failedSatellite = 3
            $0.probability = 0.015
            $0.bias = -21.4
            $0.biasDeviation = 3.8
            $0.system = 1
            $0.signal = 0
        }),
    SentenceRow(
        "GPGRS,101530.000,1,-0.3,2.5,,17,,,,,,,,-99.9,1,A",
        GRS {
            $0.time = time(10, 15, 30)
            $0.mode = 1
            $0.residuals = [
                -0.3, 2.5, nil, 17, nil, nil, nil, nil, nil, nil, nil, -99.9,
            ]
            $0.system = 1
            $0.signal = 10
        }),
    SentenceRow(
        "GPDTM,999,A,0.08,N,0.07,W,-47.7,W84",
        DTM {
            $0.datum = "999"
            $0.subdivision = "A"
            $0.latitudeOffset = 0.08
            $0.longitudeOffset = -0.07
            $0.altitudeOffset = -47.7
            $0.reference = "W84"
        }),
]

private let courseRows: [SentenceRow] = [
    SentenceRow("HEHDT,123.45,T", HDT { $0.heading = 123.45 }),
    SentenceRow("GPHDT,,T", HDT()),
    SentenceRow(
        "HCHDG,98.3,0.5,W,12.6,E",
        HDG {
            $0.heading = 98.3
            $0.deviation = -0.5
            $0.variation = 12.6
        }),
    SentenceRow("HCHDM,238,M", HDM { $0.heading = 238 }),
    SentenceRow(
        "HETHS,77.52,E",
        THS {
            $0.heading = 77.52
            $0.mode = .estimated
        }),
    SentenceRow(
        "TIROT,-35.6,A",
        ROT {
            $0.rate = -35.6
            $0.status = .valid
        }),
    SentenceRow(
        "WIMWV,214.8,R,0.1,K,A",
        MWV {
            $0.angle = 214.8
            $0.reference = "R"
            $0.speed = 0.1
            $0.unit = "K"
            $0.status = .valid
        }),
    SentenceRow(
        "WIMWD,345.1,T,340.0,M,11.2,N,5.8,M",
        MWD {
            $0.directionTrue = 345.1
            $0.directionMagnetic = 340
            $0.speedKnots = 11.2
            $0.speed = 5.8
        }),
    SentenceRow(
        "IIVWR,75.0,R,1.0,N,0.5,M,1.8,K",
        VWR {
            $0.angle = 75
            $0.side = "R"
            $0.speedKnots = 1
            $0.speed = 0.5
            $0.speedKmh = 1.8
        }),
]

private let waterRows: [SentenceRow] = [
    SentenceRow(
        "VWVHW,10.1,T,12.3,M,6.5,N,12.0,K",
        VHW {
            $0.headingTrue = 10.1
            $0.headingMagnetic = 12.3
            $0.speedKnots = 6.5
            $0.speedKmh = 12
        }),
    SentenceRow(
        "VWVLW,7803.2,N,0.1,N",
        VLW {
            $0.waterTotal = 7803.2
            $0.waterTrip = 0.1
        }),
    SentenceRow(
        "VWVLW,7803.2,N,0.1,N,8000.5,N,2.5,N",
        VLW {
            $0.waterTotal = 7803.2
            $0.waterTrip = 0.1
            $0.groundTotal = 8000.5
            $0.groundTrip = 2.5
        }),
    SentenceRow(
        "VDVBW,11.0,-1.2,A,10.5,0.8,V,0.1,A,-0.2,V",
        VBW {
            $0.waterAhead = 11
            $0.waterAcross = -1.2
            $0.waterStatus = .valid
            $0.groundAhead = 10.5
            $0.groundAcross = 0.8
            $0.groundStatus = .warning
            $0.sternWaterAcross = 0.1
            $0.sternWaterStatus = .valid
            $0.sternGroundAcross = -0.2
            $0.sternGroundStatus = .warning
        }),
    SentenceRow("SDDPT,2.4", DPT { $0.depth = 2.4 }),
    SentenceRow(
        "SDDPT,76.1,-0.5,100.0",
        DPT {
            $0.depth = 76.1
            $0.offset = -0.5
            $0.maximumRange = 100
        }),
    SentenceRow(
        "SDDBT,  7.8,f,2.4,M,1.3,F",
        DBT {
            $0.depthFeet = 7.8
            $0.depth = 2.4
            $0.depthFathoms = 1.3
        }),
    SentenceRow(
        "SDDBK,7.8,F,2.4,M,1.3,F",
        DBK {
            $0.depthFeet = 7.8
            $0.depth = 2.4
            $0.depthFathoms = 1.3
        }),
    SentenceRow("SDDBS,,f,2.4,M,,F", DBS { $0.depth = 2.4 }),
    SentenceRow("YXMTW,-1.8,C", MTW { $0.temperature = -1.8 }),
    SentenceRow(
        "IIVDR,10.1,T,12.3,M,1.2,N",
        VDR {
            $0.setTrue = 10.1
            $0.setMagnetic = 12.3
            $0.driftKnots = 1.2
        }),
]

// One row or more for each type: a sentence as the standard or its maker describes it, written
// for this table, and what it says. The checksum is computed.

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

private let navigationRows: [SentenceRow] = [
    SentenceRow(
        "GPRMB,A,0.66,L,PIER,BUOY 7,5206.5,N,00430.2,W,001.3,052.5,000.5,V,A",
        RMB {
            $0.status = .valid
            $0.crossTrackError = 0.66
            $0.steer = "L"
            $0.origin = "PIER"
            $0.destination = "BUOY 7"
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(-4, 30.2)
            $0.distance = 1.3
            $0.bearing = 52.5
            $0.closingKnots = 0.5
            $0.arrival = .warning
            $0.mode = .autonomous
        }),
    SentenceRow(
        "GPRMB,V,,,,,,,,,,,,A,S",
        RMB {
            $0.status = .warning
            $0.arrival = .valid
            $0.mode = .simulator
        }),
    SentenceRow(
        "GPAPB,A,A,0.10,R,N,V,V,011,M,DEST,012,T,013,M,D",
        APB {
            $0.status = .valid
            $0.cycleLock = .valid
            $0.crossTrackError = 0.1
            $0.steer = "R"
            $0.circleEntered = .warning
            $0.perpendicularPassed = .warning
            $0.originBearing = 11
            $0.originReference = "M"
            $0.destination = "DEST"
            $0.bearing = 12
            $0.bearingReference = "T"
            $0.headingToSteer = 13
            $0.headingReference = "M"
            $0.mode = .differential
        }),
    SentenceRow(
        "GPBOD,99.3,T,105.6,M,POINTB",
        BOD {
            $0.bearingTrue = 99.3
            $0.bearingMagnetic = 105.6
            $0.destination = "POINTB"
        }),
    SentenceRow(
        "GPBWC,081837,,,,,,T,,M,,N,", BWC { $0.time = time(8, 18, 37) }),
    SentenceRow(
        "GPBWR,081837.00,5206.5,S,00430.2,E,213.8,T,218.0,M,4.6,N,EGLM,A",
        BWR {
            $0.time = time(8, 18, 37)
            $0.latitude = latitude(-52, 6.5)
            $0.longitude = longitude(4, 30.2)
            $0.bearingTrue = 213.8
            $0.bearingMagnetic = 218
            $0.distance = 4.6
            $0.waypoint = "EGLM"
            $0.mode = .autonomous
        }),
    SentenceRow(
        "GPXTE,V,V,,,N,S",
        XTE {
            $0.status = .warning
            $0.cycleLock = .warning
            $0.mode = .simulator
        }),
    SentenceRow(
        "GPWPL,5206.5,N,00430.2,W,CAFE^2C BAR",
        WPL {
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(-4, 30.2)
            $0.waypoint = "CAFE, BAR"
        }),
    SentenceRow(
        "GPRTE,2,1,c,0,W3IWI,DRIVWY,32CEDR",
        RTE {
            $0.total = 2
            $0.number = 1
            $0.type = "c"
            $0.route = "0"
            $0.waypoints = ["W3IWI", "DRIVWY", "32CEDR"]
        }),
    SentenceRow(
        "GPRTE,1,1,c,",
        RTE {
            $0.total = 1
            $0.number = 1
            $0.type = "c"
        }),
    SentenceRow(
        "GPAAM,A,V,0.10,N,WPTNME",
        AAM {
            $0.circleEntered = .valid
            $0.perpendicularPassed = .warning
            $0.radius = 0.1
            $0.waypoint = "WPTNME"
        }),
]

private let vesselRows: [SentenceRow] = [
    SentenceRow(
        "AGRSA,10.5,A,,V",
        RSA {
            $0.starboard = 10.5
            $0.starboardStatus = .valid
            $0.portStatus = .warning
        }),
    SentenceRow(
        "IIRPM,E,1,2418.2,-10.5,A",
        RPM {
            $0.source = "E"
            $0.number = 1
            $0.speed = 2418.2
            $0.pitch = -10.5
            $0.status = .valid
        }),
    SentenceRow(
        "WIXDR,C,19.52,C,TEMP,P,1.02481,B,Barometer",
        XDR {
            $0.measurements = [
                XDR.Measurement(type: "C", value: 19.52, unit: "C", name: "TEMP"),
                XDR.Measurement(type: "P", value: 1.02481, unit: "B", name: "Barometer"),
            ]
        }),
    SentenceRow(
        "GPTXT,01,01,02,ANTSTATUS=OK caf^C3^A9 50%n%s",
        TXT {
            $0.total = 1
            $0.number = 1
            $0.identifier = 2
            $0.text = "ANTSTATUS=OK caf\u{E9} 50%n%s"
        }),
    SentenceRow(
        "GPMSS,55,27,318.0,100,1",
        MSS {
            $0.signalStrength = 55
            $0.signalToNoise = 27
            $0.frequency = 318
            $0.bitRate = 100
            $0.channel = 1
        }),
    SentenceRow(
        "GPMSK,318.0,A,100,M,2",
        MSK {
            $0.frequency = 318
            $0.frequencyMode = "A"
            $0.bitRate = 100
            $0.bitRateMode = "M"
            $0.interval = 2
        }),
    SentenceRow(
        "RATTM,11,11.4,13.6,T,7.0,20.0,T,0.0,-0.4,N,FERRY,Q,R,154125.82,A",
        TTM {
            $0.number = 11
            $0.distance = 11.4
            $0.bearing = 13.6
            $0.bearingReference = "T"
            $0.speed = 7
            $0.course = 20
            $0.courseReference = "T"
            $0.closestDistance = 0
            $0.closestTime = -0.4
            $0.unit = "N"
            $0.name = "FERRY"
            $0.status = "Q"
            $0.isReference = "R"
            $0.time = time(15, 41, 25, 820)
            $0.acquisition = "A"
        }),
    SentenceRow(
        "RATLL,01,5206.5,N,00430.2,E,BUOY,154125,T,",
        TLL {
            $0.number = 1
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(4, 30.2)
            $0.name = "BUOY"
            $0.time = time(15, 41, 25)
            $0.status = "T"
        }),
    SentenceRow(
        "RAOSD,35.1,A,36.0,P,10.2,P,15.3,0.1,N",
        OSD {
            $0.heading = 35.1
            $0.status = .valid
            $0.course = 36
            $0.courseReference = "P"
            $0.speed = 10.2
            $0.speedReference = "P"
            $0.set = 15.3
            $0.drift = 0.1
            $0.unit = "N"
        }),
]

private let makersRows: [SentenceRow] = [
    SentenceRow(
        "PUBX,00,101530.00,5206.5,N,00430.2,E,546.589,G3,2.1,2.0,0.007,77.52,-0.01,,0.92,1.19,"
            + "0.77,9,0,0",
        PUBX00 {
            $0.time = time(10, 15, 30)
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(4, 30.2)
            $0.altitude = 546.589
            $0.status = "G3"
            $0.horizontalAccuracy = 2.1
            $0.verticalAccuracy = 2
            $0.speedKmh = 0.007
            $0.course = 77.52
            $0.sinkRate = -0.01
            $0.hdop = 0.92
            $0.vdop = 1.19
            $0.tdop = 0.77
            $0.satellitesUsed = 9
            $0.deadReckoning = 0
        }),
    SentenceRow(
        "PUBX,03,01,23,-,045,12,29,010",
        PUBX03 {
            var satellite = PUBX03.Satellite()
            satellite.number = 23
            satellite.status = "-"
            satellite.azimuth = 45
            satellite.elevation = 12
            satellite.signalToNoise = 29
            satellite.lockTime = 10
            $0.satellites = [satellite]
        }),
    SentenceRow(
        "PUBX,04,073731.00,091202,113851.00,1196,15D,1930035,-2660.664,43",
        PUBX04 {
            $0.time = time(7, 37, 31)
            $0.date = TwoDigitDate(year: 2, month: 12, day: 9)
            $0.timeOfWeek = 113851
            $0.week = 1196
            $0.leapSeconds = "15D"
            $0.clockBias = 1_930_035
            $0.clockDrift = -2660.664
            $0.timePulseGranularity = 43
        }),
    SentenceRow(
        "PGRME,15.0,M,45.0,M,25.0,M",
        PGRME {
            $0.horizontalError = 15
            $0.verticalError = 45
            $0.sphericalError = 25
        }),
    SentenceRow(
        "PGRMZ,246,f,3",
        PGRMZ {
            $0.altitudeFeet = 246
            $0.fix = 3
        }),
    SentenceRow("PGRMM,WGS 84", PGRMM { $0.datum = "WGS 84" }),
    SentenceRow(
        "PGRMF,290,293895,160305,093802,13,5213.1439,N,02100.6511,E,A,2,0,226,2,1",
        PGRMF {
            $0.week = 290
            $0.timeOfWeek = 293_895
            $0.date = TwoDigitDate(year: 5, month: 3, day: 16)
            $0.time = time(9, 38, 2)
            $0.leapSeconds = 13
            $0.latitude = latitude(52, 13.1439)
            $0.longitude = longitude(21, 0.6511)
            $0.mode = "A"
            $0.fix = 2
            $0.speedKmh = 0
            $0.course = 226
            $0.pdop = 2
            $0.tdop = 1
        }),
    SentenceRow(
        "PGRMT,GPS 15L VER 2.05,P,P,R,R,P,,24,R",
        PGRMT {
            $0.product = "GPS 15L VER 2.05"
            $0.romChecksum = "P"
            $0.receiverFailure = "P"
            $0.storedData = "R"
            $0.realTimeClock = "R"
            $0.oscillator = "P"
            $0.temperature = 24
            $0.configuration = "R"
        }),
    SentenceRow(
        "PMTK001,604,3",
        PMTK001 {
            $0.command = 604
            $0.result = 3
        }),
    SentenceRow(
        "PMTK001,220,3,1000",
        PMTK001 {
            $0.command = 220
            $0.result = 3
            $0.values = ["1000"]
        }),
    SentenceRow("PMTK010,001", PMTK010 { $0.message = 1 }),
    SentenceRow("PMTK011,MTKGPS", PMTK011 { $0.text = "MTKGPS" }),
    SentenceRow(
        "PMTK705,AXN_5.1.7,0001,MT3339,1.0",
        PMTK705 {
            $0.release = "AXN_5.1.7"
            $0.build = "0001"
            $0.model = "MT3339"
            $0.version = "1.0"
        }),
    SentenceRow("PSRF150,1", PSRF150 { $0.ready = 1 }),
    SentenceRow("PSRFTXT,Version: GSW3.2", PSRFTXT { $0.text = "Version: GSW3.2" }),
    SentenceRow(
        "PSRFEPE,053232.438,A,1.2,5.77,12.97,1.2,180.0",
        PSRFEPE {
            $0.time = time(5, 32, 32, 438)
            $0.status = .valid
            $0.hdop = 1.2
            $0.horizontalError = 5.77
            $0.verticalError = 12.97
            $0.speedError = 1.2
            $0.headingError = 180
        }),
    SentenceRow(
        "PASHR,085335.000,224.19,T,-01.26,+00.83,+00.10,0.101,0.113,0.267,1,0",
        PASHR {
            $0.time = time(8, 53, 35)
            $0.heading = 224.19
            $0.roll = -1.26
            $0.pitch = 0.83
            $0.heave = 0.1
            $0.rollError = 0.101
            $0.pitchError = 0.113
            $0.headingError = 0.267
            $0.quality = 1
            $0.inertialStatus = 0
        }),
    SentenceRow(
        "PSTI,030,101530.000,A,5206.5,N,00430.2,E,112.5,0.00,-0.03,0.01,280316,R,1.0,3.2",
        PSTI030 {
            $0.time = time(10, 15, 30)
            $0.status = .valid
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(4, 30.2)
            $0.altitude = 112.5
            $0.eastVelocity = 0
            $0.northVelocity = -0.03
            $0.upVelocity = 0.01
            $0.date = TwoDigitDate(year: 16, month: 3, day: 28)
            $0.mode = .fixedRTK
            $0.correctionAge = 1
            $0.ratio = 3.2
        }),
    SentenceRow(
        "PSTI,032,101530.000,041116,A,R,0.603,-0.837,-0.089,1.036,144.22,,,,,",
        PSTI032 {
            $0.time = time(10, 15, 30)
            $0.date = TwoDigitDate(year: 16, month: 11, day: 4)
            $0.status = .valid
            $0.mode = .fixedRTK
            $0.east = 0.603
            $0.north = -0.837
            $0.up = -0.089
            $0.length = 1.036
            $0.course = 144.22
        }),
    SentenceRow(
        "PQTMVERNO,LC29HDANR11A03S,2022/09/22,16:32:27",
        PQTMVERNO {
            $0.version = "LC29HDANR11A03S"
            $0.buildDate = "2022/09/22"
            $0.buildTime = "16:32:27"
        }),
    SentenceRow(
        "PQTMEPE,2,1.000,1.100,1.500,1.414,1.816",
        PQTMEPE {
            $0.version = 2
            $0.northError = 1
            $0.eastError = 1.1
            $0.downError = 1.5
            $0.horizontalError = 1.414
            $0.sphericalError = 1.816
        }),
    SentenceRow(
        "PQTMVEL,1,154512.100,1.251,2.452,-1.245,2.752,180.512,0.124,0.250",
        PQTMVEL {
            $0.version = 1
            $0.time = time(15, 45, 12, 100)
            $0.north = 1.251
            $0.east = 2.452
            $0.down = -1.245
            $0.speed = 2.752
            $0.course = 180.512
            $0.speedError = 0.124
            $0.courseError = 0.25
        }),
    SentenceRow(
        "PQTMTAR,1,165331.000,4,,0.232,3.665,-1.5,160.5,0.037,0.04,0.168,27",
        PQTMTAR {
            $0.version = 1
            $0.time = time(16, 53, 31)
            $0.quality = 4
            $0.length = 0.232
            $0.pitch = 3.665
            $0.roll = -1.5
            $0.heading = 160.5
            $0.pitchError = 0.037
            $0.rollError = 0.04
            $0.headingError = 0.168
            $0.satellitesUsed = 27
        }),
    SentenceRow(
        "PTNL,GGK,101530.00,070296,5206.50000000,N,00430.20000000,W,3,06,1.7,EHT-6.777,M",
        PTNLGGK {
            $0.time = time(10, 15, 30)
            $0.date = TwoDigitDate(year: 96, month: 7, day: 2)
            $0.latitude = latitude(52, 6.5)
            $0.longitude = longitude(-4, 30.2)
            $0.quality = 3
            $0.satellitesUsed = 6
            $0.dop = 1.7
            $0.height = "EHT-6.777"
        }),
    SentenceRow(
        "PTNL,AVR,181059.6,+149.4688,Yaw,+0.0134,Tilt,,,60.191,3,2.5,6",
        PTNLAVR {
            $0.time = time(18, 10, 59, 600)
            $0.yaw = 149.4688
            $0.tilt = 0.0134
            $0.range = 60.191
            $0.quality = 3
            $0.pdop = 2.5
            $0.satellitesUsed = 6
        }),
    SentenceRow(
        "PMGNST,02.12,3,T,534,05.0,+03327,00",
        PMGNST {
            $0.version = "02.12"
            $0.dimensions = 3
            $0.hasFix = "T"
            $0.counter = 534
            $0.batteryHours = 5
            $0.frequencyCompensation = 3327
            $0.satellite = 0
        }),
]

private let aisRows: [SentenceRow] = [
    SentenceRow(
        "AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0",
        VDM {
            $0.total = 1
            $0.number = 1
            $0.channel = "A"
            $0.payload = "13u?etPv2;0n:dDPwUM1U1Cb069D"
            $0.fillBits = 0
        }),
    SentenceRow(
        "AIVDO,2,1,7,B,55P5TL01VIaAL`7wKO@E,2",
        VDO {
            $0.total = 2
            $0.number = 1
            $0.sequence = 7
            $0.channel = "B"
            $0.payload = "55P5TL01VIaAL`7wKO@E"
            $0.fillBits = 2
        }),
]

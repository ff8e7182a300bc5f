// The rows of the table of sentences that belong to makers of receivers, and AIS. What a row is
// and how it is used is said in `SentenceTable.swift`; nothing here is more than data, written
// after the makers' public descriptions.

import FairleadNMEAWire

let makersRows: [SentenceRow] = [
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

let aisRows: [SentenceRow] = [
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

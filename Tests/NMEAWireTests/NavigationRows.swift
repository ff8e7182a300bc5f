// The rows of the table of sentences that are about the way to a waypoint and about the vessel.
// What a row is and how it is used is said in `SentenceTable.swift`; nothing here is more than
// data.

import FairleadNMEAWire

let navigationRows: [SentenceRow] = [
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

let vesselRows: [SentenceRow] = [
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

import FairleadGPSDWire
import FairleadNMEAWire
import FairleadWire
import Testing

@Suite struct GPSDReportTests {
    private var fix: Fix {
        var fix = Fix()
        fix.date = NMEADate(year: 2006, month: 9, day: 16)
        fix.time = NMEATime(hour: 19, minute: 41, second: 8)
        fix.mode = .threeDimensional
        fix.quality = .differential
        fix.position = Coordinate(latitude: 44.435248333, longitude: -71.675758333)
        fix.altitude = 268
        fix.ellipsoidalAltitude = 238.9988
        fix.geoidSeparation = -29.0012
        fix.course = 77.5
        fix.magneticVariation = -15.8
        fix.speed = 2.675
        fix.dilution.horizontal = 0.9
        return fix
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func aTPVHasGpsdsOrderAndSpelling() {
        #expect(
            text(GPSDReports.tpv(fix, path: "/dev/ttyUSB0")).hasPrefix(
                #"{"class":"TPV","device":"/dev/ttyUSB0","status":2,"mode":3,"#
                    + #""time":"2006-09-16T19:41:08.000Z","ept":0.005,"lat":44.435248333,"#
                    + #""lon":-71.675758333,"altHAE":238.9988,"altMSL":268,"alt":268,"#
                    + #""track":77.5,"magtrack":93.3,"magvar":-15.8,"speed":2.675,"ecefx":"#))
        #expect(
            text(GPSDReports.tpv(fix, path: "x")).hasSuffix(
                #""geoidSep":-29.001,"eph":4.275}"# + "\r\n"))
    }

    @Test func withoutAFixNothingOfOneIsTold() {
        var none = fix
        none.mode = .none
        #expect(
            text(GPSDReports.tpv(none, path: "x"))
                == #"{"class":"TPV","device":"x","status":2,"mode":1,"#
                + #""time":"2006-09-16T19:41:08.000Z","ept":0.005}"# + "\r\n")
    }

    @Test func theFirstLinesAreInTheSpellingThatClientsLookFor() {
        #expect(
            text(GPSDReports.version(release: "1.0", revision: "r"))
                == #"{"class":"VERSION","release":"1.0","rev":"r","proto_major":3,"#
                + #""proto_minor":14}"# + "\r\n")
        #expect(text(GPSDReports.devices([])) == "{\"class\":\"DEVICES\",\"devices\":[]}\r\n")
        var device = GPSDDevice(path: "/dev/x")
        #expect(
            text(GPSDReports.device(device))
                == #"{"class":"DEVICE","path":"/dev/x","activated":0}"# + "\r\n")
        device.activated = UTCTime("2026-11-25T08:00:00.000Z")
        (device.driver, device.speed) = ("NMEA0183", 4800)
        #expect(
            text(GPSDReports.devices([device]))
                == #"{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/x","#
                + #""driver":"NMEA0183","activated":"2026-11-25T08:00:00.000Z","flags":1,"#
                + #""native":0,"bps":4800,"parity":"N","stopbits":1}]}"# + "\r\n")
        #expect(
            text(GPSDReports.watch(Watch()))
                == #"{"class":"WATCH","enable":false,"json":false,"nmea":false,"raw":0,"#
                + #""scaled":false,"timing":false,"split24":false,"pps":false}"# + "\r\n")
    }

    @Test func noTextOfADeviceBreaksOutOfItsString() throws {
        let path = "/dev/<svg onload=\"x\">\r\n{\"class\":\"TPV\"}"
        let report = GPSDReports.device(GPSDDevice(path: path))
        #expect(report.count { $0 == 0x0A } == 1 && report.count { $0 == 0x0D } == 1)
        #expect(try JSONParser().parse(report.span)["path"]?.string == path)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let report = try JSONParser().parse(GPSDReports.tpv(fix, path: "/dev/x").span)
        guard case .position(let read)? = GPSDReportReader.events(of: report, received: nil).first
        else { return #expect(Bool(false)) }
        #expect(read.device == "/dev/x" && read.utc == fix.utc && read.mode == fix.mode)
        #expect(read.position == fix.position && read.quality == fix.quality)
        #expect(read.altitude == 268 && read.speed == 2.675 && read.course == 77.5)
        #expect(read.magneticVariation == -15.8)
    }

    @Test func aSkyIsWrittenAndReadBack() throws {
        var sky = Sky()
        for (index, system) in Constellation.allCases.enumerated() {
            var satellite = Satellite(id: SatelliteID(system, UInt16(120 + index)), nmeaNumber: 1)
            satellite.elevation = Double(10 * index)
            satellite.azimuth = Double(40 * index)
            satellite.isUsed = index % 2 == 0
            satellite.signals.append(SatelliteSignal(id: 1, strength: 35.5))
            sky.satellites.append(satellite)
        }
        let bytes = GPSDReports.sky(
            sky, dilution: Dilution(), geometry: SkyGeometry(sky), path: "x")
        let report = try JSONParser().parse(bytes.span)
        guard case .satellites(let read)? = GPSDReportReader.events(of: report, received: nil).first
        else { return #expect(Bool(false)) }
        #expect(read.satellites.map(\.id) == sky.satellites.map(\.id))
        #expect(read.satellites.map(\.isUsed) == sky.satellites.map(\.isUsed))
        #expect(read.satellites.map(\.strength) == sky.satellites.map(\.strength))
        #expect(report["hdop"]?.number != nil)
    }
}

import FairleadNMEAWire
import FairleadWire

extension GPSDReports {
    /// The most satellites that clients have room for.
    private static let maximumSatellites = 140

    /// The sky view, with the dilutions of the newest fix.
    public static func sky(
        _ sky: Sky, dilution: Dilution, geometry: SkyGeometry?, path: String
    ) -> [UInt8] {
        line { json in
            json.member("class", "SKY")
            json.member("device", path)
            json.member("time", sky.time?.description)
            json.member("xdop", geometry?.east, decimals: 2)
            json.member("ydop", geometry?.north, decimals: 2)
            json.member("vdop", dilution.vertical ?? geometry?.up, decimals: 2)
            json.member("tdop", dilution.time ?? geometry?.time, decimals: 2)
            json.member("hdop", dilution.horizontal ?? geometry?.horizontal, decimals: 2)
            json.member("gdop", dilution.geometric ?? geometry?.geometric, decimals: 2)
            json.member("pdop", dilution.position ?? geometry?.position, decimals: 2)
            json.member("nSat", sky.satellites.count)
            json.member("uSat", sky.used)
            json.key("satellites")
            json.array { json in
                for satellite in sky.satellites.prefix(maximumSatellites) {
                    write(satellite, &json)
                }
            }
        }
    }

    /// The names of what is told of each satellite.
    private enum Key {
        static let number = JSONKey("PRN")
        static let elevation = JSONKey("el")
        static let azimuth = JSONKey("az")
        static let strength = JSONKey("ss")
        static let isUsed = JSONKey("used")
        static let constellation = JSONKey("gnssid")
        static let ownNumber = JSONKey("svid")
    }

    private static func write(_ satellite: Satellite, _ json: inout JSONWriter) {
        json.beginObject()
        json.member(Key.number, Int64(number(satellite.id)))
        json.member(Key.elevation, satellite.elevation, decimals: 1)
        json.member(Key.azimuth, satellite.azimuth, decimals: 1)
        json.member(Key.strength, satellite.strength.map { Double($0) }, decimals: 1)
        json.member(Key.isUsed, satellite.isUsed)
        json.member(Key.constellation, Int64(satellite.id.constellation.rawValue))
        json.member(Key.ownNumber, Int64(satellite.id.number))
        json.endObject()
    }

    /// The number that gpsd gives to a satellite, one range for all systems.
    private static func number(_ id: SatelliteID) -> UInt16 {
        switch id.constellation {
        case .gps: id.number
        case .sbas: id.number >= 120 ? id.number - 87 : id.number
        case .glonass: id.number &+ 64
        case .galileo: id.number &+ 300
        case .beidou: id.number &+ 400
        case .imes: id.number &+ 172
        case .qzss: id.number &+ 192
        case .navic: id.number &+ 500
        }
    }
}

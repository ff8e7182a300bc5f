// The reports, in gpsd's order and spelling, because its clients look for them as text: no blanks,
// `class` first, lines that end with CR LF, nothing but bare numbers where numbers belong, and
// what is not known left out. Derived errors are computed as gpsd computes them, so that cgps and
// xgps show what their users expect. The magnetic track is the true one less the variation.

import FairleadNMEAWire
import FairleadWire

/// Writes the reports of gpsd's protocol.
public enum GPSDReports {
    /// The version of the protocol that this speaks.
    public static let protocolVersion = (major: 3, minor: 14)

    /// A line of a report.
    static func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        // Room for most: a sky of twenty satellites.
        var json = JSONWriter(capacity: 2048)
        json.object(body)
        return json.line(end: [0x0D, 0x0A])
    }

    /// Who serves: the first line of every connection.
    public static func version(release: String, revision: String) -> [UInt8] {
        line { json in
            json.member("class", "VERSION")
            json.member("release", release)
            json.member("rev", revision)
            json.member("proto_major", protocolVersion.major)
            json.member("proto_minor", protocolVersion.minor)
        }
    }

    /// Which devices there are.
    public static func devices(_ devices: [GPSDDevice]) -> [UInt8] {
        line { json in
            json.member("class", "DEVICES")
            json.key("devices")
            json.array { json in
                for device in devices { json.object { device.writeMembers(to: &$0) } }
            }
        }
    }

    /// A device that has come, gone, or become known better.
    public static func device(_ device: GPSDDevice) -> [UInt8] {
        line { device.writeMembers(to: &$0) }
    }

    /// What a client watches.
    public static func watch(_ watch: Watch) -> [UInt8] {
        var json = JSONWriter()
        watch.write(to: &json)
        return json.line(end: [0x0D, 0x0A])
    }

    /// Why a request is not done.
    public static func error(_ message: String) -> [UInt8] {
        line { json in
            json.member("class", "ERROR")
            json.member("message", message)
        }
    }

    /// The newest reports of all devices, each a line.
    public static func poll(
        time: UTCTime?, active: Int, tpv: [[UInt8]], gst: [[UInt8]], sky: [[UInt8]]
    ) -> [UInt8] {
        line { json in
            json.member("class", "POLL")
            json.member("time", time?.description)
            json.member("active", active)
            for (name, reports) in [("tpv", tpv), ("gst", gst), ("sky", sky)] {
                json.key(name)
                json.array { json in
                    for report in reports { json.raw(report.dropLast(2)) }
                }
            }
        }
    }
}

/// A receiver's log of so many seconds: RMC, GGA and GSA in each.
enum Log {
    static func epoch(_ second: Int) -> String {
        let time = "1200\(second < 10 ? "0" : "")\(second).00"
        return line("GPRMC,\(time),A,5155.55359,N,00434.65730,E,1.50,77.52,251126,,,A")
            + line("GPGGA,\(time),5155.55359,N,00434.65730,E,1,08,1.01,2.1,M,46.0,M,,")
            + line("GPGSA,A,3,04,05,09,12,24,25,29,31,,,,,1.80,1.01,1.50")
    }

    static func epochs(_ seconds: Range<Int>) -> String {
        seconds.map { epoch($0) }.joined()
    }

    /// A body with `$`, its checksum and CR LF.
    static func line(_ body: String) -> String {
        let checksum = body.utf8.reduce(0, ^)
        let digits = Array("0123456789ABCDEF")
        return "$\(body)*\(digits[Int(checksum >> 4)])\(digits[Int(checksum & 15)])\r\n"
    }
}

// Serves gpsd's protocol to any number of clients: reports are written once for each device and
// handed to every client that watches. What is sent to a client that does not read is dropped for
// the newest, whole reports only, so that it misses epochs and delays nobody. It must never know
// where reports come from, nor change a device: wishes are handed to its owner.

import FairleadEngine
import FairleadGPSDWire
import FairleadNMEAWire
import FairleadWire

/// A server of gpsd's protocol.
public final class GPSDServer {
    /// What the server asks its owner.
    public struct Answers {
        /// A client wishes to change a device: nil when it is done, else why it is not.
        public var change: (DeviceChange, any Transport) -> String? = { _, _ in
            "changing a device is not allowed here"
        }

        public init() {}
    }

    /// The most clients.
    public static let maximumClients = 16_384

    /// How long a client may be connected without asking for anything, as in gpsd.
    public static let patience: Duration = .seconds(15 * 60)

    /// The newest reports of a device, each a line.
    struct Newest {
        var tpv: [UInt8]?
        var gst: [UInt8]?
        var sky: [UInt8]?
    }

    public var answers = Answers()
    /// The devices in the order in which they came.
    public private(set) var devices: [GPSDDevice] = []
    /// How many clients are connected.
    public var clientCount: Int { sessions.count }

    let greeting: [UInt8]
    let limits: WriteLimits
    private let reactor: Reactor
    private var newest: [String: Newest] = [:]
    private var geometry: [String: SkyGeometry] = [:]
    private var dilution: [String: Dilution] = [:]
    private var sessions: [ObjectIdentifier: GPSDSession] = [:]
    /// Whether it was said that there are as many clients as may be: once, however many knock.
    private var isFull = false
    /// What has been said in this turn, for all clients at its end.
    private var batch = GPSDBatch()

    /// A server that calls itself by a release; a client's queue holds `maximumQueue` bytes.
    public init(
        on reactor: Reactor, release: String, revision: String, maximumQueue: Int = 64 * 1024
    ) {
        self.reactor = reactor
        greeting = GPSDReports.version(release: release, revision: revision)
        limits = WriteLimits(
            highWater: maximumQueue, lowWater: maximumQueue / 4, maximum: maximumQueue,
            policy: .conflate)
    }

    /// The factory for any listening endpoint.
    public func makeProtocol(_ transport: any Transport) -> (any StreamProtocol)? {
        guard sessions.count < Self.maximumClients else {
            if !isFull { reactor.log(.warning, "gpsd: \(sessions.count) clients are the most") }
            isFull = true
            return nil
        }
        isFull = false
        return GPSDSession(self)
    }

    // MARK: Devices

    /// A device is there, or more is known of it.
    public func update(_ device: GPSDDevice) {
        let place = devices.firstIndex { $0.path == device.path }
        if let place {
            let before = devices[place]
            devices[place] = device
            // When it last spoke is no news.
            var same = before
            same.activated = device.activated
            if same == device, (before.activated == nil) == (device.activated == nil) { return }
        } else {
            devices.append(device)
        }
        tellWatchers(GPSDReports.device(device), of: device.path)
    }

    /// A device spoke at a system time.
    public func touch(_ path: String, at time: UTCTime?) {
        guard let place = devices.firstIndex(where: { $0.path == path }),
            devices[place].activated != nil
        else { return }
        devices[place].activated = time
    }

    /// A device is gone; its last reports are not told any more.
    public func remove(_ path: String) {
        guard let place = devices.firstIndex(where: { $0.path == path }) else { return }
        var gone = GPSDDevice(path: path)
        gone.activated = nil
        devices.remove(at: place)
        newest[path] = nil
        geometry[path] = nil
        dilution[path] = nil
        tellWatchers(GPSDReports.device(gone), of: path)
    }

    // MARK: Reports

    /// An epoch of a device, with or without a fix.
    public func publish(_ fix: Fix, of path: String) {
        dilution[path] = fix.dilution
        let report = GPSDReports.tpv(fix, path: path, geometry: geometry[path])
        newest[path, default: Newest()].tpv = report
        tellWatchers(report, of: path)
        guard let statistics = GPSDReports.gst(fix, path: path) else { return }
        newest[path, default: Newest()].gst = statistics
        tellWatchers(statistics, of: path)
    }

    /// The sky view of a device.
    public func publish(_ sky: Sky, of path: String) {
        geometry[path] = SkyGeometry(sky)
        let report = GPSDReports.sky(
            sky, dilution: dilution[path] ?? Dilution(), geometry: geometry[path], path: path)
        newest[path, default: Newest()].sky = report
        tellWatchers(report, of: path)
    }

    /// Where the bow of a device's vessel points.
    public func publish(_ heading: Heading, of path: String) {
        tellWatchers(GPSDReports.att(heading, path: path), of: path)
    }

    /// The time of a device, to those who watch its pulses.
    public func publish(_ time: TimeReport, of path: String) {
        guard sessions.values.contains(where: { $0.watch.enable && $0.watch.pps }),
            let report = GPSDReports.toff(time, path: path)
        else { return }
        tell(report, of: path, to: .pulses)
    }

    /// Sentences as the device sent them.
    public func publish(sentences: [UInt8], of path: String) {
        tell(sentences, of: path, to: .sentences)
    }

    private func tellWatchers(_ report: [UInt8], of path: String) {
        tell(report, of: path, to: .reports)
    }

    private func tell(_ bytes: [UInt8], of path: String, to audience: GPSDBatch.Audience) {
        if sessions.isEmpty { return }
        if batch.isEmpty { reactor.later { [weak self] in self?.flush() } }
        batch.append(bytes, of: path, to: audience)
        if batch.isFull { flush() }
    }

    /// Sends what has been said so far at once, and not at the end of the reactor's turn.
    ///
    /// One write for each client, from one buffer for all that watch the same.
    public func flush() {
        if batch.isEmpty { return }
        var sending = batch
        batch = GPSDBatch()
        for session in sessions.values { session.send(sending.bytes(for: session.watch)) }
    }

    // MARK: Sessions

    func begin(_ session: GPSDSession, on transport: any Transport) {
        sessions[ObjectIdentifier(transport)] = session
    }

    func end(on transport: any Transport) { sessions[ObjectIdentifier(transport)] = nil }

    func device(_ path: String) -> GPSDDevice? { devices.first { $0.path == path } }

    func newest(of path: String) -> Newest? { newest[path] }

    func poll(_ watch: Watch) -> [UInt8] {
        let paths = devices.map(\.path).filter { watch.includes($0) }
        let all = paths.compactMap { newest[$0] }
        return GPSDReports.poll(
            time: UTCTime(nanosecondsSince1970: reactor.kernel.wallClock()),
            active: devices.count { $0.activated != nil }, tpv: all.compactMap(\.tpv),
            gst: all.compactMap(\.gst), sky: all.compactMap(\.sky))
    }
}

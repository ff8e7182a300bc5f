// Merges what GSV sets and GSA say into one view of the sky. Each talker and signal has a set of
// its own, and a round is over when every group of the round before has come; that is learned, so
// that a sky goes out with the last set and not one round later. A satellite that a new set does
// not name any more loses that signal at once; a group that does not come any more is forgotten
// after a while. It knows no clock: the age of a group is counted in the epochs' own time.

/// Keeps the satellites in view from GSV and GSA of all systems.
public struct SatelliteTracker {
    /// How long a group counts that does not come any more, in seconds of the receiver's time.
    public static let staleAfter: Int64 = 20
    /// The most groups of talker and signal; further ones are not taken.
    public static let maximumGroups = 32
    /// The most satellites that can be in use.
    static let maximumUsed = 128

    private struct Member {
        var group: SignalGroup
        var refreshed: Int64
        /// Whether it came in the round that is going on, and in the one before.
        var isInRound = false
        var wasInRound = false
    }

    private var members: [Member] = []
    private var used: [SatelliteID] = []
    private var isInRunOfGSA = false
    private var sky = Sky()

    public init() {}

    /// How many satellites GSA named in its last run; nil before the first.
    private(set) var usedCount: Int?
    /// How many are in view; nil before the first whole set.
    private(set) var seenCount: Int?

    /// Takes a sentence of a GSV set, at so many seconds of the receiver's time; true when with
    /// it all that is expected in this round has come.
    public mutating func add(_ gsv: GSV, from talker: Talker, at now: Int64) -> Bool {
        guard let index = member(talker, gsv.signal, now), members[index].group.add(gsv) else {
            return false
        }
        return close(index, at: now)
    }

    /// Takes the satellites that a maker's sentence names all at once.
    mutating func add(_ pubx: PUBX03, at now: Int64) -> Bool {
        guard let index = member(.none, nil, now) else { return false }
        var entries: [SignalGroup.Entry] = []
        beginRunOfGSA()
        for satellite in pubx.satellites {
            guard let number = satellite.number,
                let id = SatelliteID(numbered: number, in: nil)
            else { continue }
            entries.append(
                SignalGroup.Entry(
                    id: id, nmeaNumber: number, elevation: satellite.elevation?.value,
                    azimuth: satellite.azimuth?.value,
                    strength: satellite.signalToNoise.map { Float($0.value) }))
            if satellite.status == "U" { use(id) }
        }
        usedCount = used.count
        endRunOfGSA()
        members[index].group.replace(entries)
        return close(index, at: now)
    }

    /// Takes which satellites are in use; the first GSA after something else begins anew.
    public mutating func add(_ gsa: GSA, from talker: Talker) {
        if !isInRunOfGSA { beginRunOfGSA() }
        let system = gsa.system.flatMap { Constellation(systemID: $0) }
        for index in 0..<gsa.satellites.count {
            guard let number = gsa.satellites[index],
                let id = SatelliteID(
                    numbered: number, in: system ?? Constellation(talker: talker))
            else { continue }
            use(id)
        }
        usedCount = used.count
    }

    /// Something else than GSA came.
    @inline(__always)
    public mutating func endRunOfGSA() { isInRunOfGSA = false }

    /// The sky now; its satellites in the order in which they were named.
    public mutating func current(_ device: String, _ time: UTCTime?) -> Sky {
        sky.device = device
        sky.time = time
        sky.satellites.removeAll(keepingCapacity: true)
        for member in members { merge(member.group) }
        for index in sky.satellites.indices {
            sky.satellites[index].isUsed = used.contains(sky.satellites[index].id)
        }
        return sky
    }

    /// Forgets everything: another receiver speaks.
    public mutating func reset() { self = SatelliteTracker() }
}

extension SatelliteTracker {
    private mutating func beginRunOfGSA() {
        used.removeAll(keepingCapacity: true)
        isInRunOfGSA = true
    }

    private mutating func use(_ id: SatelliteID) {
        if used.count < Self.maximumUsed, !used.contains(id) { used.append(id) }
    }

    /// The group's place; nil when there are too many.
    private mutating func member(_ talker: Talker, _ signal: UInt8?, _ now: Int64) -> Int? {
        let known = members.firstIndex {
            $0.group.talker == talker && $0.group.signal == signal
        }
        if let known { return known }
        guard members.count < Self.maximumGroups else { return nil }
        members.append(
            Member(group: SignalGroup(talker: talker, signal: signal), refreshed: now))
        return members.count - 1
    }

    /// A set is whole: true when it is the last one of its round.
    private mutating func close(_ index: Int, at now: Int64) -> Bool {
        if members[index].isInRound { beginRound() }
        members[index].isInRound = true
        members[index].refreshed = now
        forgetStale(at: now)
        seenCount = count()
        return members.allSatisfy { $0.isInRound || !$0.wasInRound }
    }

    private mutating func beginRound() {
        for index in members.indices {
            members[index].wasInRound = members[index].isInRound
            members[index].isInRound = false
        }
    }

    private mutating func forgetStale(at now: Int64) {
        members.removeAll { now - $0.refreshed > Self.staleAfter }
    }

    /// How many satellites there are in all groups, each once.
    private func count() -> Int {
        var count = 0
        for (place, member) in members.enumerated() {
            for entry in member.group.entries where !isNamed(entry.id, before: place) {
                count += 1
            }
        }
        return count
    }

    private func isNamed(_ id: SatelliteID, before place: Int) -> Bool {
        members[..<place].contains { $0.group.entries.contains { $0.id == id } }
    }

    private mutating func merge(_ group: SignalGroup) {
        for entry in group.entries {
            let place = sky.satellites.firstIndex { $0.id == entry.id } ?? append(entry)
            if sky.satellites[place].elevation == nil {
                sky.satellites[place].elevation = entry.elevation
            }
            if sky.satellites[place].azimuth == nil {
                sky.satellites[place].azimuth = entry.azimuth
            }
            if let strength = entry.strength {
                sky.satellites[place].signals.append(
                    SatelliteSignal(id: group.signal, strength: strength))
            }
        }
    }

    private mutating func append(_ entry: SignalGroup.Entry) -> Int {
        sky.satellites.append(Satellite(id: entry.id, nmeaNumber: entry.nmeaNumber))
        return sky.satellites.count - 1
    }
}

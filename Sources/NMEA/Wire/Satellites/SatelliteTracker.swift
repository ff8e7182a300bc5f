// Merges what GSV sets and GSA say into one view of the sky. Each talker and signal has a set of
// its own, and a round is over when every group of the round before has come; that is learned, so
// that a sky goes out with the last set and not one round later. A satellite that a new set does
// not name any more loses that signal at once; a group that does not come any more is forgotten
// after a while. It knows no clock: the age of a group is counted in the receiver's own time, and
// in rounds, for a receiver that does not know the time yet. GSA may come one behind the other or
// each before its GSV: those of one epoch count together.

/// Keeps the satellites in view from GSV and GSA of all systems.
public struct SatelliteTracker {
    /// How long a group counts that does not come any more, in seconds of the receiver's time.
    public static let staleAfter: Int64 = 20
    /// The same in rounds of the other groups.
    static let staleAfterRounds = 100
    /// The most groups of talker and signal; further ones are not taken.
    public static let maximumGroups = 32
    /// The most satellites that can be in use.
    static let maximumUsed = 128
    /// The most GSA that can belong together.
    private static let maximumRun = 16

    private struct Member {
        var group: SignalGroup
        var refreshed: Int64
        var missedRounds = 0
        /// Whether it came in the round that is going on, and in the one before.
        var isInRound = false
        var wasInRound = false
    }

    /// What tells one GSA of an epoch from the others.
    private struct Source: Equatable {
        var talker: Talker
        var system: UInt8?
        var constellation: Constellation?
    }

    private var members: [Member] = []
    private var used: [SatelliteID] = []
    private var usedAt: Int64 = 0
    /// Those of the last sky.
    private var shownUsed: [SatelliteID] = []
    /// Who named the satellites in use.
    private var sources: [Source] = []
    /// How many GSA came one behind the other.
    private var run = 0
    private var isOldEpoch = true
    private var sky = Sky()

    public init() {}

    /// How many satellites GSA named last; nil before the first.
    private(set) var usedCount: Int?
    /// Whether other satellites are in use than the last sky says.
    var isUseChanged: Bool {
        guard seenCount != nil, used != shownUsed else { return false }
        return used.count != shownUsed.count || !used.allSatisfy { shownUsed.contains($0) }
    }
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
        beginUse(at: now)
        for satellite in pubx.satellites.prefix(Self.maximumUsed) {
            guard let number = satellite.number, let id = SatelliteID(ublox: number) else {
                continue
            }
            entries.append(
                SignalGroup.Entry(
                    id, number, satellite.elevation, satellite.azimuth, satellite.signalToNoise))
            if satellite.status == "U" { use(id) }
        }
        usedCount = used.count
        endRunOfGSA()
        members[index].group.replace(entries)
        return close(index, at: now)
    }

    /// Whether a GSA says again what one of this epoch said before other sentences.
    public func repeats(_ gsa: GSA, from talker: Talker) -> Bool {
        if isOldEpoch || (run > 0 && run < Self.maximumRun) { return false }
        return sources.contains(source(gsa, talker))
    }

    /// Takes which satellites are in use, at so many seconds of the receiver's time.
    ///
    /// All GSA of an epoch count together; one that repeats another begins anew.
    public mutating func add(_ gsa: GSA, from talker: Talker, at now: Int64) {
        if isOldEpoch || repeats(gsa, from: talker) { beginUse(at: now) }
        run += 1
        usedAt = now
        if sources.count < Self.maximumRun { sources.append(source(gsa, talker)) }
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
    public mutating func endRunOfGSA() { run = 0 }

    /// The next epoch begins.
    public mutating func beginEpoch() {
        run = 0
        isOldEpoch = true
    }

    /// Forgets what has not come for too long; true when something was.
    public mutating func forgetStale(at now: Int64) -> Bool {
        let hasStale = members.indices.contains { isStale($0, at: now) }
        if hasStale {
            members = members.indices.filter { !isStale($0, at: now) }.map { members[$0] }
            seenCount = members.isEmpty ? nil : count()
        }
        if usedCount != nil, now - usedAt > Self.staleAfter {
            beginUse(at: now)
            usedCount = nil
        }
        return hasStale
    }

    private func isStale(_ index: Int, at now: Int64) -> Bool {
        now - members[index].refreshed > Self.staleAfter
            || members[index].missedRounds > Self.staleAfterRounds
    }

    /// The sky now; its satellites in the order in which they were named.
    public mutating func current(_ device: String, _ time: UTCTime?) -> Sky {
        sky.device = device
        sky.time = time
        sky.satellites.removeAll(keepingCapacity: true)
        shownUsed = used
        var isUsed = SatelliteMask()
        for id in used { _ = isUsed.insert(id) }
        var known = SatelliteMask()
        for index in members.indices { merge(members[index].group, isUsed, &known) }
        return sky
    }

    /// Forgets everything: another receiver speaks.
    public mutating func reset() { self = SatelliteTracker() }
}

extension SatelliteTracker {
    private mutating func beginUse(at now: Int64) {
        used.removeAll(keepingCapacity: true)
        sources.removeAll(keepingCapacity: true)
        (usedAt, run, isOldEpoch) = (now, 0, false)
    }

    /// Without an id of the system, its first satellite says which one is meant.
    private func source(_ gsa: GSA, _ talker: Talker) -> Source {
        var source = Source(talker: talker, system: gsa.system)
        if gsa.system == nil, let number = gsa.satellites[0] {
            let id = SatelliteID(numbered: number, in: Constellation(talker: talker))
            source.constellation = id?.constellation
        }
        return source
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
        members[index].missedRounds = 0
        _ = forgetStale(at: now)
        seenCount = count()
        return members.allSatisfy { $0.isInRound || !$0.wasInRound }
    }

    private mutating func beginRound() {
        for index in members.indices {
            members[index].wasInRound = members[index].isInRound
            members[index].missedRounds += members[index].isInRound ? 0 : 1
            members[index].isInRound = false
        }
    }

    /// How many satellites there are in all groups, each once.
    private func count() -> Int {
        if members.count == 1, let only = members.first { return only.group.entries.count }
        var mask = SatelliteMask()
        var count = 0
        for member in members {
            for entry in member.group.entries where mask.insert(entry.id) { count += 1 }
        }
        return count
    }

    /// Adds the satellites of a group, and its signals to those that are there.
    private mutating func merge(
        _ group: SignalGroup, _ isUsed: SatelliteMask, _ known: inout SatelliteMask
    ) {
        for entry in group.entries {
            if known.insert(entry.id) {
                sky.satellites.append(
                    Satellite(entry, group.signal, isUsed: isUsed.contains(entry.id)))
            } else if let place = sky.satellites.firstIndex(where: { $0.id == entry.id }) {
                sky.satellites[place].add(entry, group.signal)
            }
        }
    }
}

extension Satellite {
    fileprivate init(_ entry: SignalGroup.Entry, _ signal: UInt8?, isUsed: Bool) {
        self.init(id: entry.id, nmeaNumber: entry.nmeaNumber)
        (elevation, azimuth, self.isUsed) = (entry.elevation, entry.azimuth, isUsed)
        if let strength = entry.strength {
            signals.append(SatelliteSignal(id: signal, strength: strength))
        }
    }

    /// Another signal of the same satellite.
    fileprivate mutating func add(_ entry: SignalGroup.Entry, _ signal: UInt8?) {
        elevation = elevation ?? entry.elevation
        azimuth = azimuth ?? entry.azimuth
        if let strength = entry.strength {
            add(SatelliteSignal(id: signal, strength: strength))
        }
    }
}

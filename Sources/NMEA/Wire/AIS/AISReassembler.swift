// AIS messages come in up to nine sentences. Parts are kept until their message is whole, for
// thirty seconds, of at most 64 messages at a time; a sender that never finishes one costs the
// oldest its place and nothing else. The payload stays what it was: its bits are read elsewhere.

import FairleadWire

/// An AIS message, whole, its payload not looked at.
public struct AISMessage: Hashable, Sendable {
    public var talker: Talker
    /// Whether it is the own station's (VDO).
    public var isOwn: Bool
    public var channel: PlainLetter?
    /// Six bits in each character.
    public var payload: String
    /// How many bits at the end of the payload mean nothing.
    public var fillBits: UInt8
}

/// Puts the parts of AIS messages together.
public struct AISReassembler: Sendable {
    /// Why parts were given up.
    public struct Counts: Hashable, Sendable {
        /// Numbers that contradict each other, or no payload.
        public var malformed = 0
        /// A part was missing when a new message took its sequence number.
        public var replaced = 0
        /// Older than thirty seconds.
        public var expired = 0
        /// The oldest of too many.
        public var evicted = 0
    }

    private struct Key: Hashable {
        let talker: Talker
        let isOwn: Bool
        let sequence: UInt8?
        let channel: PlainLetter?
    }

    private struct Group {
        let key: Key
        let since: Instant
        /// One place for each part that there will be.
        var parts: [String?]
        var fillBits: UInt8
    }

    /// The most messages that wait for parts.
    public static let maximumGroups = 64
    /// How long a message waits for its parts.
    public static let life = Duration.seconds(30)

    /// Parts that were given up, by cause.
    public private(set) var counts = Counts()
    /// The oldest first.
    private var groups: [Group] = []

    public init() {}

    /// How many messages wait for parts.
    public var pendingCount: Int { groups.count }

    /// Takes a sentence; returns its message when it is whole.
    public mutating func add(
        _ sentence: some AISSentence, from talker: Talker, at now: Instant
    ) -> AISMessage? {
        expire(now)
        guard let total = sentence.total, let number = sentence.number, (1...9).contains(total),
            (1...total).contains(number), let payload = sentence.payload,
            let fillBits = sentence.fillBits, fillBits < 6
        else {
            counts.malformed += 1
            return nil
        }
        let key = Key(
            talker: talker, isOwn: type(of: sentence).kind == .vdo, sequence: sentence.sequence,
            channel: sentence.channel)
        var group = takeGroup(key, total: Int(total), number: Int(number), at: now)
        group.parts[Int(number) - 1] = payload
        if number == total { group.fillBits = fillBits }
        if !group.parts.contains(nil) {
            return AISMessage(
                talker: talker, isOwn: key.isOwn, channel: key.channel,
                payload: group.parts.compactMap(\.self).joined(),
                fillBits: group.fillBits)
        }
        keep(group)
        return nil
    }

    /// The group that a part belongs to, out of the list; a new one when there is none.
    private mutating func takeGroup(
        _ key: Key, total: Int, number: Int, at now: Instant
    ) -> Group {
        if let index = groups.firstIndex(where: { $0.key == key }) {
            let group = groups.remove(at: index)
            if group.parts.count == total, group.parts[number - 1] == nil { return group }
            counts.replaced += 1
        }
        let parts = [String?](repeating: nil, count: total)
        return Group(key: key, since: now, parts: parts, fillBits: 0)
    }

    /// Puts a group back to the place of its age.
    private mutating func keep(_ group: Group) {
        let index = groups.firstIndex { $0.since > group.since } ?? groups.count
        groups.insert(group, at: index)
        if groups.count > Self.maximumGroups {
            groups.removeFirst()
            counts.evicted += 1
        }
    }

    private mutating func expire(_ now: Instant) {
        let old = groups.prefix { now.since($0.since) > Self.life }.count
        counts.expired += old
        groups.removeFirst(old)
    }
}

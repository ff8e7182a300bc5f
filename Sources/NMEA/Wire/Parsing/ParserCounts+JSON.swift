import FairleadWire

extension ParserCounts {
    /// Writes all counts as members of an object that is open.
    public func writeMembers(to json: inout JSONWriter) {
        json.member("sentences", sentences)
        json.member("unknown", unknown)
        json.member("badChecksum", badChecksum)
        json.member("missingChecksum", missingChecksum)
        json.member("malformed", malformed)
        json.member("badTagBlocks", badTagBlocks)
        json.member("tooLong", tooLong)
        json.member("bytesOutside", notNMEA)
    }
}

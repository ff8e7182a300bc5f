// What a client does. Texts are made one line, and long ones several; everything else that
// cannot stand in a line is refused by the writer, as an error that says what.
import FairleadIRCWire
import FairleadWire

extension IRCClient {
    /// Sends any message, when its turn has come.
    ///
    /// - Returns: false where there is no connection or too many lines wait: it is dropped.
    /// - Throws: `ProtocolError`, ours, where the message cannot be written.
    @discardableResult
    public func send(_ message: IRCMessage) throws(ProtocolError) -> Bool {
        guard let session else { return false }
        return try session.send(message)
    }

    /// Says a text to a channel or a user; a long text in several lines.
    @discardableResult
    public func say(_ text: String, to target: String) throws(ProtocolError) -> Bool {
        try send(.privmsg, text, to: target)
    }

    /// Sends a notice, which no program answers.
    @discardableResult
    public func notice(_ text: String, to target: String) throws(ProtocolError) -> Bool {
        try send(.notice, text, to: target)
    }

    /// Does something, as `/me` does.
    @discardableResult
    public func act(_ text: String, in target: String) throws(ProtocolError) -> Bool {
        var isSent = true
        for piece in IRCText.pieces(text, of: room(.privmsg, target) - 9) {
            let text = CTCP("ACTION", piece).text
            isSent = try send(IRCMessage(.privmsg, target, text)) && isSent
        }
        return isSent
    }

    /// Asks another client, for example `PING` or `VERSION`; `answered` tells what it says.
    @discardableResult
    public func ask(_ request: CTCP, of nickname: String) throws(ProtocolError) -> Bool {
        try send(IRCMessage(.privmsg, nickname, request.text))
    }

    private func send(_ command: IRCCommand, _ text: String, to target: String)
        throws(ProtocolError) -> Bool
    {
        var isSent = true
        for piece in IRCText.pieces(text, of: room(command, target)) {
            isSent = try send(IRCMessage(command, target, piece)) && isSent
        }
        return isSent
    }

    /// Bytes of text that a line has room for when the server passes it on, our name before it.
    private func room(_ command: IRCCommand, _ target: String) -> Int {
        // As long as we do not know our host, the longest that there is.
        let prefix = ownSource?.description.utf8.count ?? nickname.utf8.count + 1 + 12 + 1 + 63
        let rest = command.rawValue.utf8.count + target.utf8.count
        return max(IRCWriter.lineLimit - 2 - prefix - rest - 6, 40)
    }

    // MARK: Channels

    /// Joins a channel, now and after each reconnection.
    public func join(_ channel: String, key: String? = nil) throws(ProtocolError) {
        wantedChannels[fold(channel)] = (channel, key)
        if isRegistered { try send(IRCMessage(.join, [channel] + (key.map { [$0] } ?? []))) }
    }

    /// Leaves a channel for good.
    public func part(_ channel: String, _ reason: String = "") throws(ProtocolError) {
        wantedChannels[fold(channel)] = nil
        let text = reason.isEmpty ? [] : [IRCText.singleLine(reason)]
        try send(IRCMessage(.part, [channel] + text))
    }

    /// Gives a channel another topic.
    public func setTopic(_ topic: String, of channel: String) throws(ProtocolError) {
        try send(IRCMessage(.topic, channel, IRCText.singleLine(topic)))
    }

    /// Puts somebody out of a channel.
    public func kick(_ nickname: String, from channel: String, _ reason: String = "")
        throws(ProtocolError)
    {
        let text = reason.isEmpty ? [] : [IRCText.singleLine(reason)]
        try send(IRCMessage(.kick, [channel, nickname] + text))
    }

    /// Invites somebody to a channel.
    public func invite(_ nickname: String, to channel: String) throws(ProtocolError) {
        try send(IRCMessage(.invite, nickname, channel))
    }

    /// Changes modes, in as many lines as the server's limit asks for.
    public func change(_ changes: [ModeChange], of target: String) throws(ProtocolError) {
        for start in stride(from: 0, to: changes.count, by: support.modesPerLine) {
            let part = changes[start..<min(start + support.modesPerLine, changes.count)]
            try send(IRCMessage(.mode, [target] + ModeChange.compose(part)))
        }
    }

    // MARK: Ourselves and others

    /// Asks for another nickname.
    public func rename(to nickname: String) throws(ProtocolError) {
        try send(IRCMessage(.nick, nickname))
    }

    /// Marks us as away, or as back with nil.
    public func setAway(_ text: String?) throws(ProtocolError) {
        try send(IRCMessage(.away, text.map { [IRCText.singleLine($0)] } ?? []))
    }

    /// Asks what the server knows about somebody.
    ///
    /// - Parameter completion: called once: with the answer, or with nil where there is nobody of
    ///   that name, the connection is lost or a minute has passed.
    public func whois(_ nickname: String, completion: @escaping (WhoisReply?) -> Void)
        throws(ProtocolError)
    {
        let key = fold(nickname)
        if let inquiry = inquiries[key] { return inquiry.add(completion) }
        guard try send(IRCMessage(.whois, nickname)) else { return completion(nil) }
        let inquiry = WhoisInquiry(nickname, on: reactor) { [weak self] in
            self?.inquiries.removeValue(forKey: key)?.finish(nil)
        }
        inquiry.add(completion)
        inquiries[key] = inquiry
    }
}

// What both sides agree upon about compression (permessage-deflate, RFC 7692, 7.1): offers and
// answers with their four parameters. A server declines what it cannot do and goes on without
// compression; a client refuses an answer that does not belong to its offer. It knows names and
// numbers; that bytes are compressed at all is the business of whoever speaks over the WebSocket.

import FairleadWire

/// How the messages of a WebSocket are compressed: what one wishes, or what was agreed upon.
///
/// From its first compressed message on, a connection costs about 256 kB for what it sends and
/// 40 kB for what it receives; a side that forgets costs nothing between two messages.
public struct WebSocketDeflate: Hashable, Sendable {
    /// Whether the server forgets each message after it was compressed: less memory, longer bytes.
    public var serverForgets: Bool
    /// The same for the client.
    public var clientForgets: Bool
    /// The server's window is two to the power of this, 9 to 15.
    public var serverWindowBits: Int
    /// The same for the client.
    public var clientWindowBits: Int
    /// Messages of fewer bytes go as they are.
    public var smallest = 64

    public init(
        serverForgets: Bool = false, clientForgets: Bool = false, serverWindowBits: Int = 15,
        clientWindowBits: Int = 15
    ) {
        self.serverForgets = serverForgets
        self.clientForgets = clientForgets
        self.serverWindowBits = min(max(serverWindowBits, 9), 15)
        self.clientWindowBits = min(max(clientWindowBits, 9), 15)
    }

    private static let name = "permessage-deflate"
    private static let serverForgetsName = "server_no_context_takeover"
    private static let clientForgetsName = "client_no_context_takeover"
    private static let serverBitsName = "server_max_window_bits"
    private static let clientBitsName = "client_max_window_bits"

    /// What an element of a list says, its parameters checked one by one.
    private struct Terms {
        var serverForgets = false
        var clientForgets = false
        var serverBits: Int?
        var clientBits: Int?
        var hasClientBits = false

        /// Nil for another extension, or a parameter that is unknown, doubled or has a bad value.
        init?(_ element: ExtensionList.Element, isOffer: Bool) {
            guard element.name == WebSocketDeflate.name else { return nil }
            let names = element.parameters.map(\.name)
            guard Set(names).count == names.count else { return nil }
            for parameter in element.parameters {
                let bits = parameter.value.flatMap(Self.bits)
                switch (parameter.name, parameter.value) {
                case (serverForgetsName, nil): serverForgets = true
                case (clientForgetsName, nil): clientForgets = true
                case (serverBitsName, _) where bits != nil: serverBits = bits
                case (clientBitsName, nil) where isOffer: hasClientBits = true
                case (clientBitsName, _) where bits != nil:
                    hasClientBits = true
                    clientBits = bits
                default: return nil
                }
            }
        }

        /// 8 to 15, without leading zeros.
        private static func bits(_ text: String) -> Int? {
            guard let number = decimalNumber(text.utf8, atMost: 15), number >= 8 else { return nil }
            return Int(number)
        }
    }

    // MARK: The server

    /// The first offer of a client that these wishes can meet; nil for none.
    ///
    /// - Returns: what holds, and the value of the answer's field.
    func answer(to offers: ExtensionList) -> (agreed: WebSocketDeflate, field: String)? {
        for element in offers.elements {
            guard let offer = Terms(element, isOffer: true) else { continue }
            var agreed = self
            agreed.serverForgets = serverForgets || offer.serverForgets
            agreed.clientForgets = clientForgets || offer.clientForgets
            agreed.serverWindowBits = min(serverWindowBits, offer.serverBits ?? 15)
            // A window of 256 bytes is more than zlib can do.
            if agreed.serverWindowBits < 9 { continue }
            // Only a client that says that it knows this may be told so.
            agreed.clientWindowBits =
                offer.hasClientBits ? min(clientWindowBits, offer.clientBits ?? 15) : 15
            return (agreed, agreed.field(answers: offer))
        }
        return nil
    }

    private func field(answers offer: Terms) -> String {
        var parts = [Self.name]
        if serverForgets { parts.append(Self.serverForgetsName) }
        if clientForgets { parts.append(Self.clientForgetsName) }
        if offer.serverBits != nil || serverWindowBits < 15 {
            parts.append("\(Self.serverBitsName)=\(serverWindowBits)")
        }
        if offer.hasClientBits, clientWindowBits < 15 || offer.clientBits != nil {
            parts.append("\(Self.clientBitsName)=\(clientWindowBits)")
        }
        return parts.joined(separator: "; ")
    }

    // MARK: The client

    /// The value of the field by which a client offers these wishes.
    var offer: String {
        var parts = [Self.name]
        if serverForgets { parts.append(Self.serverForgetsName) }
        if clientForgets { parts.append(Self.clientForgetsName) }
        if serverWindowBits < 15 { parts.append("\(Self.serverBitsName)=\(serverWindowBits)") }
        let bits = clientWindowBits < 15 ? "=\(clientWindowBits)" : ""
        parts.append(Self.clientBitsName + bits)
        return parts.joined(separator: "; ")
    }

    /// What a server's answer to `offer` means; nil for one that does not belong to it.
    func agreed(by answers: ExtensionList) -> WebSocketDeflate? {
        guard answers.elements.count == 1, let element = answers.elements.first,
            let terms = Terms(element, isOffer: false)
        else { return nil }
        if serverForgets, !terms.serverForgets { return nil }
        let serverBits = terms.serverBits ?? 15
        if serverBits > serverWindowBits { return nil }
        let clientBits = terms.clientBits ?? clientWindowBits
        guard clientBits >= 9, clientBits <= clientWindowBits else { return nil }
        var agreed = self
        agreed.serverForgets = terms.serverForgets
        agreed.clientForgets = terms.clientForgets || clientForgets
        agreed.serverWindowBits = serverBits
        agreed.clientWindowBits = clientBits
        return agreed
    }
}

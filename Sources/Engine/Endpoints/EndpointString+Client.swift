import FairleadWire

extension ListeningPort {
    /// The endpoint string by which a client on this machine reaches the port; nil where none can.
    ///
    /// A port on all interfaces is reached by the loopback address.
    public var clientEndpoint: EndpointString? {
        localAddress.socketAddress.flatMap { EndpointString(reaching: $0, internet: "tcp") }
    }
}

extension EndpointString {
    /// The string that reaches a socket; `internet` is the kind of those with a port.
    init?(reaching address: SocketAddress, internet: String) {
        switch address {
        case .ipv4(let host, let port):
            let reached = host == .any ? IPv4Address.loopback : host
            self.init(kind: internet, host: reached.description, port)
        case .ipv6(let host, let port, let scope):
            let reached = host == .any ? IPv6Address.loopback : host
            self.init(
                kind: internet, host: scope == 0 ? "\(reached)" : "\(reached)%\(scope)", port)
        case .unix(let path):
            self.init(kind: "unix", [(nil, path.hasPrefix("@") ? "./" + path : path)])
        case .abstract(let name):
            // A name that is no text, or begins unlike one, cannot be written down.
            guard let text = String(validating: name, as: UTF8.self), !name.contains(0) else {
                return nil
            }
            self.init(kind: "unix", [(nil, "@" + text)])
        case .unnamed: return nil
        }
    }

    private init(kind: String, host: String, _ port: UInt16) {
        self.init(kind: kind, [(nil, host), (nil, "\(port)")])
    }
}

/// Something that connections can be accepted on.
public protocol ServerEndpoint: CustomStringConvertible {
    /// Opens the port; `factory` makes the protocol of each connection.
    func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
}

/// Something that can be connected to, or opened.
public protocol ClientEndpoint: CustomStringConvertible {
    /// Connects; `completion` is called once, after `connectionMade`, or with the error.
    func connect(
        on reactor: Reactor, _ factory: @escaping StreamFactory,
        completion: @escaping ConnectCompletion
    ) -> any ConnectAttempt
}

/// Something that datagrams can be exchanged over.
public protocol DatagramEndpoint: CustomStringConvertible {
    /// Opens the socket.
    ///
    /// `completion` is called once, after `transportOpened`, or with the error, and never from
    /// inside this call.
    func open(
        on reactor: Reactor, _ handler: any DatagramProtocol,
        completion: @escaping DatagramCompletion
    ) -> any ConnectAttempt
}

/// What opening a datagram endpoint tells when it is through.
public typealias DatagramCompletion = (Result<any DatagramTransport, ConnectError>) -> Void

extension ClientEndpoint {
    /// Connects and does not ask what came of it: the protocol hears when it stands.
    @discardableResult
    public func connect(on reactor: Reactor, _ factory: @escaping StreamFactory)
        -> any ConnectAttempt
    {
        connect(on: reactor, factory) { _ in }
    }
}

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

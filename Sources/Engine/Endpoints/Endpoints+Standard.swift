extension Endpoints {
    /// The kinds that the engine brings: the one table; a kind is a file in Kinds and a line here.
    public static let standard = Endpoints([
        .tcp,
        .tcp6,
        .unix,
        .udp,
        .serial,
        .pseudoTerminal,
        .standardStreams,
        .exec,
        .file,
        .descriptor,
        .systemd,
        .haproxy,
    ])
}

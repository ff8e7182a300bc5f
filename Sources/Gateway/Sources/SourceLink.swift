import FairleadEngine

/// The connection of a source, made again whenever it is lost; a reason is logged once, not for
/// each attempt.
final class SourceLink {
    private let name: String
    private let reactor: Reactor
    private let lost: (String) -> Void
    private var link: Reconnecting?
    /// What was last said of a failure.
    private var lastWords = ""

    /// - Parameter lost: called with the reason of each failure.
    init(
        _ name: String, _ endpoint: any ClientEndpoint, on reactor: Reactor,
        lost: @escaping (String) -> Void, _ factory: @escaping StreamFactory
    ) {
        self.name = name
        self.reactor = reactor
        self.lost = lost
        link = Reconnecting(endpoint, on: reactor, BackOff(maximum: .seconds(10))) {
            [weak self] transport in
            self?.lastWords = ""
            return factory(transport)
        }
        link?.failed = { [weak self] reason, _ in self?.failed("\(reason)") }
    }

    func start() { link?.start() }

    func stop() {
        link?.stop()
        link = nil
    }

    private func failed(_ reason: String) {
        lost(reason)
        if reason != lastWords { reactor.log(.warning, "\(name): \(reason)") }
        lastWords = reason
    }
}

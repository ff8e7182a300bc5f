import FairleadWire
import Glibc

extension EndpointKind {
    /// Descriptors that whoever started us has opened.
    static let descriptor = EndpointKind(
        "fd",
        server: EndpointForm(
            "a listening stream socket that was opened by whoever started us",
            [EndpointArgument("number", "the descriptor's number")],
            examples: ["fd:3"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                DescriptorEndpoint(number: Int32(clamping: try arguments.descriptorNumber()))
            }),
        client: EndpointForm(
            "an open socket, pipe, terminal or file",
            [EndpointArgument("number", "the descriptor's number")],
            examples: ["fd:3"],
            make: { (arguments: inout EndpointArguments, _) throws(EndpointStringError) in
                let number = Int32(clamping: try arguments.descriptorNumber())
                return OpeningEndpoint("fd:\(number)") { (reactor, factory) throws(SystemError) in
                    try reactor.adoptStream(input: number, output: number, factory)
                }
            }))
}

extension EndpointArguments {
    fileprivate mutating func descriptorNumber() throws(EndpointStringError) -> Int {
        try requiredNumber("number", in: 0...Int(Int32.max))
    }
}

/// A listening socket that somebody else opened.
struct DescriptorEndpoint: ServerEndpoint {
    let number: Int32

    func listen(on reactor: Reactor, _ factory: @escaping StreamFactory) throws
        -> any ListeningPort
    {
        guard let nature = reactor.kernel.nature(of: number), nature.kind == .stream,
            nature.isListening
        else { throw SystemError(EINVAL, "descriptor \(number), which does not listen") }
        _ = try reactor.kernel.setNonBlocking(number).get("descriptor \(number)")
        reactor.kernel.adopt(number)
        return try Listener(reactor, number, isTCP: nature.family != .unix, factory)
    }

    var description: String { "fd:\(number)" }
}

/// Which sentences go out; what is empty lets everything through.
public struct SentenceFilter: Hashable, Sendable {
    /// The names of sentences without their talker: `RMC`; a maker's by its address: `PUBX`.
    public var types: Set<String> = []
    /// `GP`, `II` …
    public var talkers: Set<String> = []
    /// By the names of the gateway.
    public var devices: Set<String> = []

    public init() {}

    static let settings = [
        OutletSetting("devices", "only these (all)"),
        OutletSetting("sentences", "only these, without talker: RMC; a maker's: PUBX (all)"),
        OutletSetting("talkers", "only these: GP, II (all)"),
    ]

    init(_ settings: inout OutletSettings) throws(OutletError) {
        devices = Set(settings.list("devices"))
        types = Set(settings.list("sentences"))
        talkers = Set(settings.list("talkers"))
        for type in types where !Self.isName(type, 3...8) {
            throw settings.error("sentences", expected: "names such as RMC, not \"\(type)\"")
        }
        for talker in talkers where !Self.isName(talker, 2...2) {
            throw settings.error("talkers", expected: "names such as GP, not \"\(talker)\"")
        }
    }

    private static func isName(_ text: String, _ lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }

    private var isOpen: Bool { types.isEmpty && talkers.isEmpty }

    func apply(to batch: SentenceBatch, of device: GatewayDevice) -> [UInt8] {
        guard devices.isEmpty || devices.contains(device.name) else { return [] }
        return isOpen ? batch.bytes : batch.filtered { passes($0) }
    }

    /// The same for the sentences of a text, each with the end of its line.
    func apply(to lines: [UInt8], of device: GatewayDevice) -> [UInt8] {
        guard devices.isEmpty || devices.contains(device.name) else { return [] }
        if isOpen { return lines }
        var kept: [UInt8] = []
        var start = 0
        for end in lines.indices where lines[end] == 0x0A {
            if passes(lines[start...end]) { kept += lines[start...end] }
            start = end + 1
        }
        return kept
    }

    /// By the address: behind the `$` and a TAG block, up to the first comma.
    private func passes(_ sentence: ArraySlice<UInt8>) -> Bool {
        guard
            let first = sentence.firstIndex(where: {
                $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "!")
            })
        else { return false }
        let bytes = sentence[(first + 1)...].prefix { $0 != UInt8(ascii: ",") && $0 != 0x2A }
        let address = String(decoding: bytes, as: UTF8.self)
        if address.hasPrefix("P") { return talkers.isEmpty && types.contains(address) }
        return (types.isEmpty || types.contains(String(address.suffix(3))))
            && (talkers.isEmpty || talkers.contains(String(address.dropLast(3))))
    }
}

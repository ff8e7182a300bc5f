/// The name of a member, written once for the very many times that it is used.
public struct JSONKey: Hashable, Sendable {
    /// `"name":`
    let bytes: [UInt8]

    public init(_ name: String) {
        var json = JSONWriter()
        json.key(name)
        bytes = json.bytes
    }
}

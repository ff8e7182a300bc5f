// The one place by which fields leave. A name must be a token, a value may hold no control
// character: whatever text reaches a field of ours, the number of lines on the wire is the number
// that was planned. That the types above legalize too is no reason not to look: two of the
// injections on record (CVE-2022-3215 and, four years later, its return in other parts of the
// message) went through a place that trusted another.
import FairleadWire
import HTTPTypes

enum FieldWriter {
    /// Appends one line.
    ///
    /// - Throws: a local fault when the name is no token or the value holds a control character.
    static func append(
        _ name: String, _ value: String, to out: inout [UInt8]
    ) throws(HTTPFault) {
        let nameBytes = name.utf8.span
        guard nameBytes.isToken(0, nameBytes.count) else {
            throw .local("a field name that is no token")
        }
        out.append(copying: nameBytes)
        out.append(UInt8(ascii: ":"))
        out.append(0x20)
        try appendValue(value, to: &out)
        out.append(0x0D)
        out.append(0x0A)
    }

    /// Appends text that must not hold a control character.
    static func appendValue(_ value: String, to out: inout [UInt8]) throws(HTTPFault) {
        let bytes = value.utf8.span
        for index in bytes.indices where !ByteClass.isValue(bytes[index]) {
            throw .local("a control character in a field value")
        }
        out.append(copying: bytes)
    }

    /// Appends all fields but those that the writer of the message sets itself.
    ///
    /// - Parameter owned: names that may not be among them.
    static func append(
        _ fields: HTTPFields, except owned: [HTTPField.Name], to out: inout [UInt8]
    ) throws(HTTPFault) {
        for field in fields {
            if owned.contains(field.name) {
                throw .local("\(field.name) is set by the writer of the message")
            }
            try append(field.name.rawName, field.value, to: &out)
        }
    }
}

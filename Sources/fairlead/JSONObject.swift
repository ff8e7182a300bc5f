/// A JSON object that is written field by field; what is nil is left out.
struct JSONObject {
    private var fields: [String] = []

    /// The object as text.
    var text: String { "{" + fields.joined(separator: ",") + "}" }

    mutating func add(_ name: String, _ value: String?) {
        if let value { fields.append("\(Self.quoted(name)):\(Self.quoted(value))") }
    }

    mutating func add(_ name: String, _ value: Bool) {
        fields.append("\(Self.quoted(name)):\(value)")
    }

    mutating func add(_ name: String, _ values: [String]) {
        fields.append("\(Self.quoted(name)):[\(values.map(Self.quoted).joined(separator: ","))]")
    }

    /// A string with its quotation marks; control characters, and `<`, are escaped.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar == "<":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

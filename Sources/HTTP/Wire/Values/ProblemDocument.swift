import HTTPTypes

/// An error as a document that programs can read (RFC 9457).
public struct ProblemDocument: Hashable, Sendable {
    /// The media type of the document.
    public static let mediaType = "application/problem+json"

    /// The status code.
    public var status: Int
    /// What kind of problem it is; the usual name of the status unless it is set.
    public var title: String
    /// What went wrong this time.
    public var detail: String
    /// A URI that names the kind of problem; `about:blank` for that of the status.
    public var type: String

    public init(
        status: Int, title: String? = nil, detail: String = "", type: String = "about:blank"
    ) {
        self.status = status
        self.title = title ?? HTTPResponse.Status(reasoned: status).reasonPhrase
        self.detail = detail
        self.type = type
    }

    /// The document; every character that a browser could take for markup is escaped.
    public var json: [UInt8] {
        var out: [UInt8] = []
        out.append(text: "{\"type\":")
        out.append(jsonString: type)
        out.append(text: ",\"title\":")
        out.append(jsonString: title)
        out.append(text: ",\"status\":")
        out.append(decimal: status)
        if !detail.isEmpty {
            out.append(text: ",\"detail\":")
            out.append(jsonString: detail)
        }
        out.append(text: "}\n")
        return out
    }
}

extension [UInt8] {
    /// Appends a JSON string; `<`, `>`, `&` and quotes are escaped too, for whoever embeds it.
    mutating func append(jsonString text: String) {
        append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "<", ">", "&", "'", "\u{2028}", "\u{2029}", "\0"..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                self.append(text: "\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: append(contentsOf: String(scalar).utf8)
            }
        }
        append(UInt8(ascii: "\""))
    }
}

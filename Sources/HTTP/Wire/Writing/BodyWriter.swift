import FairleadWire
import HTTPTypes

/// How the body that is being written is framed, and how much of it is still to come.
enum BodyWriter: Hashable {
    /// No message is under way.
    case idle
    /// The message has no body on the wire; what is written of it is dropped.
    case suppressed
    case length(Int)
    case chunked
    case untilClose

    mutating func write(_ bytes: Span<UInt8>, to out: inout [UInt8]) throws(HTTPFault) {
        if bytes.isEmpty { return }
        switch self {
        case .idle: throw .local("a body without a head")
        case .suppressed: return
        case .length(let left):
            guard bytes.count <= left else { throw .local("a body longer than announced") }
            self = .length(left - bytes.count)
            out.append(copying: bytes)
        case .chunked:
            out.append(hexadecimal: bytes.count)
            out.append(text: "\r\n")
            out.append(copying: bytes)
            out.append(text: "\r\n")
        case .untilClose: out.append(copying: bytes)
        }
    }

    /// Ends the message.
    mutating func end(_ trailers: HTTPFields?, to out: inout [UInt8]) throws(HTTPFault) {
        switch self {
        case .idle: throw .local("an end without a head")
        case .length(let left) where left > 0: throw .local("a body shorter than announced")
        case .chunked:
            let mark = out.count
            out.append(text: "0\r\n")
            if let trailers {
                do throws(HTTPFault) {
                    try FieldWriter.append(
                        trailers, except: [.contentLength, .transferEncoding], to: &out)
                } catch {
                    out.removeLast(out.count - mark)
                    throw error
                }
            }
            out.append(text: "\r\n")
        default: break
        }
        self = .idle
    }
}

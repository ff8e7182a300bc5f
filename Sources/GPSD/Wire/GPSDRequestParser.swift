// Requests from bytes in any cut. A request ends with a semicolon, with its line, or, where it has
// an argument, with the brace that closes it: clients end them in all three ways. What does not
// begin with `?` is passed over to the end of its line. But nothing of a connection counts whose
// first words are another protocol's: a page that makes a browser post to this port must not get a
// request through, however its bytes are cut. It must never know who asks, or answer anything.

import FairleadWire

/// Cuts what a client of gpsd sends into requests.
public struct GPSDRequestParser: Sendable {
    private enum Place {
        /// Nothing has come yet, or only blanks.
        case beginning
        case between
        /// In a line that is no request.
        case passing
        case request
        /// Nothing counts any more.
        case foreign
    }

    /// The longest request, in bytes.
    public static let maximum = 2048

    private var place = Place.beginning
    /// The request so far, from its `?` on.
    private var request: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Bytes of lines that are no requests, since the last request.
    private var passed = 0
    private let json = JSONParser()

    public init() {}

    /// Takes a chunk and calls `deliver` with each request.
    public mutating func feed(
        _ bytes: Span<UInt8>, _ deliver: (GPSDRequest) throws -> Void
    ) rethrows {
        for index in bytes.indices {
            guard let found = take(bytes[index]) else { continue }
            try deliver(found)
        }
    }

    /// Takes a byte; a request when one is complete.
    private mutating func take(_ byte: UInt8) -> GPSDRequest? {
        switch place {
        case .foreign: return nil
        case .beginning: return begin(byte)
        case .between:
            switch byte {
            case UInt8(ascii: "?"): start()
            case UInt8(ascii: ";"), 0x0A, 0x0D, 0x20, 0x09: break
            default: place = .passing
            }
            return nil
        case .passing:
            passed += 1
            if byte == 0x0A { place = .between }
            // Whoever sends that much of something else will never ask.
            return passed > Self.maximum * 2 ? refuse(.tooLong) : nil
        case .request: return extend(byte)
        }
    }

    /// The first byte that is no blank says whether somebody asks.
    private mutating func begin(_ byte: UInt8) -> GPSDRequest? {
        switch byte {
        case UInt8(ascii: "?"): start()
        case 0x0A, 0x0D, 0x20, 0x09, UInt8(ascii: ";"): break
        // `{"class"…` comes from clients that speak before they ask.
        case UInt8(ascii: "{"), UInt8(ascii: "$"), UInt8(ascii: "!"): place = .passing
        default: return refuse(.foreign)
        }
        return nil
    }

    private mutating func refuse(_ why: GPSDRequest) -> GPSDRequest? {
        place = .foreign
        request = []
        return why
    }

    private mutating func start() {
        place = .request
        request = [UInt8(ascii: "?")]
        (depth, isInString, isEscaped, passed) = (0, false, false, 0)
    }

    private mutating func extend(_ byte: UInt8) -> GPSDRequest? {
        if isInString {
            request.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return overflow()
        }
        switch byte {
        case UInt8(ascii: ";") where depth == 0: return finish()
        case 0x0A where depth == 0: return finish()
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"):
            request.append(byte)
            depth -= 1
            return depth <= 0 ? finish() : overflow()
        case UInt8(ascii: "\"") where depth > 0: isInString = true
        default: break
        }
        request.append(byte)
        return overflow()
    }

    private mutating func overflow() -> GPSDRequest? {
        request.count > Self.maximum ? refuse(.tooLong) : nil
    }

    private mutating func finish() -> GPSDRequest {
        place = .between
        let text = request
        request.removeAll(keepingCapacity: true)
        return meaning(text[...])
    }

    /// `?NAME` or `?NAME={…}`.
    private func meaning(_ text: ArraySlice<UInt8>) -> GPSDRequest {
        let words = text.dropFirst().split(
            separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = words.first.map { trimmed($0) } ?? ""
        let argument = words.count > 1 ? Array(words[1]) : nil
        switch name {
        case "VERSION": return .version
        case "DEVICES": return .devices
        case "POLL": return .poll
        case "WATCH":
            return with(argument) { $0.map { WatchChange($0).map { .watch($0) } } ?? .watch(nil) }
        case "DEVICE":
            return with(argument) {
                $0.map { DeviceChange($0).map { .device($0) } } ?? .device(nil)
            }
        default: return .unknown(String(decoding: text, as: UTF8.self))
        }
    }

    private func with(
        _ argument: [UInt8]?, _ make: (JSONValue?) -> GPSDRequest?
    ) -> GPSDRequest {
        guard let argument else { return make(nil) ?? .malformed("an object expected") }
        do throws(JSONError) {
            return make(try json.parse(argument.span)) ?? .malformed("an object expected")
        } catch {
            return .malformed(error.description)
        }
    }

    private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? bytes.startIndex
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}

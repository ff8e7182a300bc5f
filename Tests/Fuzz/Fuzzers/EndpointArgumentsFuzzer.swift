// Read in any way, no argument is ignored, no value is outside of its range, and every error is
// inside the text.
import FairleadWire

/// Typed arguments out of any endpoint string.
enum EndpointArgumentsFuzzer: Fuzzer {
    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let readers = (0..<input.choice(of: 8)).map { _ in (input.choice(of: 9), input.number()) }
        guard let string = try? EndpointString(input.text) else { return nil }
        var arguments = EndpointArguments(string)
        do throws(EndpointStringError) {
            var taken = 0
            for (kind, number) in readers {
                let name = names[number % names.count]
                switch try read(kind, name, number, &arguments) {
                case .nothing: break
                case .argument: taken += 1
                case .everything: taken = string.arguments.count
                case .wrong(let text): return text
                }
            }
            try arguments.finish()
            return taken == string.arguments.count ? nil : "\(taken) taken of \(string)"
        } catch {
            return EndpointStringFuzzer.misplaced(error, input.text)
        }
    }

    private static let names = ["port", "timeout", "mode", "a", "b"]

    private enum Outcome {
        case nothing
        case argument
        /// All that were left.
        case everything
        case wrong(String)

        init(_ value: Any?) { self = value == nil ? .nothing : .argument }
    }

    private static func read(
        _ kind: Int, _ name: String, _ number: Int, _ arguments: inout EndpointArguments
    ) throws(EndpointStringError) -> Outcome {
        let range = number...number * 2 + 1
        switch kind {
        case 0: return Outcome(try arguments.take(name))
        case 1: return Outcome(try arguments.required(name, "anything"))
        case 2:
            let value = try arguments.requiredNumber(name, in: range)
            return range.contains(value) ? .argument : .wrong("\(value) is not in \(range)")
        case 3:
            guard let value = try arguments.number(name, in: range) else { return .nothing }
            return range.contains(value) ? .argument : .wrong("\(value) is not in \(range)")
        case 4: return Outcome(try arguments.flag(name))
        case 5:
            guard let value = try arguments.duration(name) else { return .nothing }
            let isSane = value >= .zero && value <= .seconds(31_536_000)
            return isSane ? .argument : .wrong("\(value)")
        case 6: return Outcome(try arguments.choice(name, of: [("none", 0), ("even", 1)]))
        case 7:
            guard let mode = try arguments.mode(name) else { return .nothing }
            return mode <= 0o7777 ? .argument : .wrong("mode \(mode)")
        default: return try rest(&arguments)
        }
    }

    /// The rest must be what the string ends with; keys before it are left, and refused at the end.
    private static func rest(
        _ arguments: inout EndpointArguments
    ) throws(EndpointStringError) -> Outcome {
        let source = arguments.string.source
        let rest = try arguments.rest("endpoint", "a string").text
        guard Array(source.utf8).suffix(rest.utf8.count).elementsEqual(rest.utf8) else {
            return .wrong("the rest is \(rest)")
        }
        try arguments.finish()
        return .everything
    }
}

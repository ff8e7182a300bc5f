// The law of every machine that eats bytes: what comes out does not depend on how what goes in
// is cut. A stream comes in any cut, so each row of a parser's table of tests is fed whole, byte
// by byte, cut in two at every point and in seeded random pieces; the events must be equal, and
// so must an error and all that came before it. Events are copies: a decoder lends its bytes.
import FairleadWire

/// Checks that a decoder gives the same events however its input is cut.
///
///     let checker = DecoderChecker<String>("lines") {
///         let framer = LineFramer()
///         return { chunk, emit in
///             framer.feed(chunk) { piece, bytes in emit("\(piece) \(String(decoding: bytes))") }
///         }
///     }
///     let events = try checker.check("one\r\ntwo\r\n")
public struct DecoderChecker<Event: Equatable> {
    /// Feeds one chunk to a decoder, which calls `emit` with each event.
    public typealias Feed = (_ chunk: Span<UInt8>, _ emit: (Event) -> Void) throws -> Void

    /// What came out of one run.
    public struct Outcome: Equatable, CustomStringConvertible {
        public var events: [Event] = []
        /// The error that ended the run, as text.
        public var error: String?

        public var description: String {
            "\(events)" + (error.map { ", then the error: \($0)" } ?? "")
        }
    }

    private let name: String
    private let make: () -> Feed

    /// - Parameters:
    ///   - name: what is checked, for messages.
    ///   - make: a fresh decoder, as the call that feeds it.
    public init(_ name: String, _ make: @escaping () -> Feed) {
        self.name = name
        self.make = make
    }

    /// What a fresh decoder makes of the chunks; it ends at the first error.
    public func run(_ chunks: [ArraySlice<UInt8>]) -> Outcome {
        let feed = make()
        var outcome = Outcome()
        do {
            for chunk in chunks { try feed(chunk.span) { outcome.events.append($0) } }
        } catch {
            outcome.error = "\(error)"
        }
        return outcome
    }

    /// Feeds the input in every way and gives the outcome, the same for all.
    ///
    /// - Parameters:
    ///   - everyCut: up to this many bytes it is cut in two at every point; longer input at as
    ///     many random points.
    ///   - seeds: how many random divisions are tried.
    /// - Throws: `ContractViolation` that names the first division with another outcome.
    @discardableResult
    public func check(_ input: [UInt8], everyCut: Int = 2000, seeds: Int = 20) throws -> Outcome {
        let whole = run([input[...]])
        try compare(whole, input.indices.map { input[$0...$0] }, "byte by byte")
        var generator = SeededGenerator(seed: UInt64(truncatingIfNeeded: input.count))
        for step in 0..<min(input.count, everyCut) {
            let cut = input.count <= everyCut ? step : generator.below(input.count)
            try compare(whole, [input[..<cut], input[cut...]], "cut at \(cut)")
        }
        for seed in 0..<seeds {
            var chunking = Chunking.random(SeededGenerator(seed: UInt64(seed)))
            try compare(whole, Self.cut(input, &chunking), "random division \(seed)")
        }
        return whole
    }

    /// The same for text, as UTF-8.
    @discardableResult
    public func check(_ input: String) throws -> Outcome { try check(Array(input.utf8)) }

    /// Checks a row of a table: the input, and the events that it means, without an error.
    public func check(_ input: [UInt8], gives events: [Event]) throws {
        let outcome = try check(input)
        if outcome != Outcome(events: events) {
            throw ContractViolation(name, "events", "got \(outcome); expected \(events)")
        }
    }

    /// The input in pieces.
    public static func cut(_ input: [UInt8], _ chunking: inout Chunking) -> [ArraySlice<UInt8>] {
        var chunks: [ArraySlice<UInt8>] = []
        var start = 0
        while start < input.count {
            let size = chunking.next(of: input.count - start)
            chunks.append(input[start..<start + size])
            start += size
        }
        return chunks
    }

    private func compare(_ whole: Outcome, _ chunks: [ArraySlice<UInt8>], _ division: String) throws
    {
        let outcome = run(chunks)
        if outcome == whole { return }
        throw ContractViolation(
            name, "equal events in any cut",
            "\(division): got \(outcome); in one piece: \(whole)")
    }
}

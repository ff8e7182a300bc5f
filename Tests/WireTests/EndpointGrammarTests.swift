import FairleadWire
import Testing

@Suite struct EndpointGrammarTests {
    @Test func anErrorMovesIntoALongerText() throws {
        let error = #expect(throws: EndpointStringError.self) { try EndpointString("unix:[x") }
        let moved = error?.moved(into: "haproxy:unix:[x", at: 9)
        #expect(moved?.column == 14 && moved?.text == "haproxy:unix:[x")
        #expect(moved?.part == error?.part && moved?.expected == error?.expected)
    }

    @Test func anArgumentMayBeLeftOutBeforeOneThatMayNot() throws {
        for (text, expected) in [("x:80", nil), ("x:h:80", "h"), ("x:80:host=h", "h")] {
            var arguments = EndpointArguments(try EndpointString(text))
            let host = try arguments.take("host", before: 1)?.value
            let port = try arguments.requiredNumber("port", in: 1...65535)
            try arguments.finish()
            #expect(host == expected && port == 80)
            #expect(arguments.known == ["host", "port"])
        }
    }

    @Test func anEmptyArgumentIsAllowedOnlyWhereThereIsNoOther() throws {
        for (text, isAllowed) in [("x", true), ("x:", true), ("x::", false), ("x:a", false)] {
            var arguments = EndpointArguments(try EndpointString(text))
            arguments.allowEmpty()
            var error: EndpointStringError?
            do { try arguments.finish() } catch let caught { error = caught }
            #expect((error == nil) == isAllowed, "\(text)")
        }
    }

    @Test func whatIsBuiltOrDescribedIsReadBackTheSame() throws {
        var random = SeededRandom(7)
        let alphabet = Array(":=\\[]%a1.-/é\u{301}\u{200D}😀\n\r ".unicodeScalars)
        func text(_ most: Int) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: random.some(of: alphabet, upTo: most))
            return String(view)
        }
        for _ in 0..<3000 {
            var parts: [(key: String?, value: String)] = []
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                parts.append((Bool.random(using: &random) ? "k" + text(3) : nil, text(8)))
            }
            parts.append((nil, ["::1", "fe80::1%2", "1:2"].randomElement(using: &random) ?? ""))
            let built = EndpointString(kind: "k" + text(4), parts)
            for source in [built.source, built.description] {
                let read = try EndpointString(source)
                #expect(read.kind == built.kind && read.arguments == built.arguments)
            }
        }
    }

    @Test func anyTextGivesAValueOrAColumnInsideIt() {
        var random = SeededRandom(11)
        let alphabet = Array(":=\\[]tcp8é\u{301}\u{0}\n".unicodeScalars)
        var values = 0
        for _ in 0..<6000 {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: random.some(of: alphabet, upTo: 12))
            let text = String(view)
            do {
                if try !EndpointString(text).kind.isEmpty { values += 1 }
            } catch {
                #expect((1...text.unicodeScalars.count + 1).contains(error.column))
            }
        }
        #expect(values > 300)
    }
}

import Testing

@testable import FairleadIRCWire

@Suite struct IRCMaskTests {
    @Test(arguments: [
        ("*@127.0.0.1", "ann!a@127.0.0.1", true), ("*@127.0.0.1", "ann!a@127.0.0.11", false),
        ("ann!*@*", "ann!x@h", true), ("ann!*@*", "anna!x@h", false),
        ("a?n!*@*", "aNn!x@h", true), ("a?n!*@*", "an!x@h", false),
        ("nick[x]!*@*", "NICK{X}!u@h", true), ("nick[x]!*@*", "nickx!u@h", false),
        ("*", "", true), ("", "", true), ("", "a", false), ("**", "abc", true),
        ("*a*b*c", "xxaxxbxxc", true), ("*a*b*c", "xxaxxbxx", false), ("?", "", false),
        ("?*?", "ab", true), ("?*?", "a", false), ("*ab", "aab", true), ("a*", "b", false),
        ("*!*@*.ex?mple", "n!u@a.example", true), ("caf?", "caf\u{E9}", true),
    ])
    func masksMatch(mask: String, text: String, isMatch: Bool) {
        #expect(IRCMask(mask).matches(text) == isMatch)
    }

    @Test(arguments: [
        ("ann", "ann!*@*"), ("ann!a", "ann!a@*"), ("a@h", "*!a@h"), ("ann!a@h", "ann!a@h"),
        ("*.example", "*!*@*.example"), ("@h", "*!*@h"), ("!@", "*!*@*"), ("*", "*!*@*"),
    ])
    func masksAreCompleted(text: String, mask: String) {
        #expect(IRCMask.completed(text) == mask)
    }

    /// HOSTILE W6 and M7: the work is bounded whatever the mask is.
    @Test func w6NoMaskCausesMoreWorkThanItsLength() {
        let text = String(repeating: "a", count: 1000)
        for mask in [
            String(repeating: "*a", count: 100) + "b", String(repeating: "*?", count: 200) + "b",
            "*" + String(repeating: "a", count: 200) + "b",
            String(repeating: "*", count: 500) + "b",
        ] {
            let (isMatch, count) = IRCMask(mask).steps(matching: text)
            #expect(!isMatch)
            #expect(count <= (text.utf8.count + 1) * (mask.utf8.count + 1))
        }
    }
}

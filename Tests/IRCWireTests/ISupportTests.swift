import FairleadIRCWire
import Testing

@Suite struct ISupportTests {
    private func read(_ tokens: String...) -> ISupport {
        var support = ISupport()
        for line in tokens {
            support.read(["nick"] + line.split(separator: " ").map(String.init) + ["are supported"])
        }
        return support
    }

    @Test func withoutAWordOfTheServerTheRFCHolds() {
        let support = ISupport()
        #expect(support.caseMapping == .rfc1459 && support.nicknameLength == 9)
        #expect(support.isChannel("#a") && support.isChannel("&a") && !support.isChannel("a"))
        #expect(support.modesPerLine == 3 && support.network == nil)
    }

    @Test func tokensAreRead() {
        let support = read(
            "CASEMAPPING=ascii PREFIX=(qov)~@+ CHANTYPES=# CHANMODES=b,k,l,imn,extra NICKLEN=30",
            "NETWORK=My\\x20Net STATUSMSG=@+ MODES=20 EXCEPTS TOPICLEN=+5")
        #expect(support.caseMapping == .ascii && support.nicknameLength == 30)
        #expect(support.modes.ranks.map(\.mode) == ["q", "o", "v"])
        #expect(support.modes.rank(marked: "~")?.mode == "q")
        #expect(support.modes.lists == ["b"] && support.modes.flags == ["i", "m", "n"])
        #expect(support.network == "My Net" && support.tokens["EXCEPTS"] == "")
        #expect(support.topicLength == 390, "a sign is no digit")
        #expect(support.channel(of: "@#c") == "#c" && support.channel(of: "#c") == "#c")
        #expect(support.channel(of: "ann") == nil && support.channel(of: "%#c") == nil)
    }

    @Test func tokensAreTakenBack() {
        let support = read("CASEMAPPING=ascii CHANTYPES=", "-CASEMAPPING -CHANTYPES")
        #expect(support == ISupport())
    }

    @Test(arguments: [
        "=x", "-", "PREFIX=(ov", "PREFIX=ov)@+", "PREFIX=()", "CHANMODES=b,k", "NICKLEN=",
        "NETWORK=\\x2", "NETWORK=\\xzz", "MODES=0", "CASEMAPPING=klingon", "PREFIX",
    ])
    func nonsenseIsPassedOver(token: String) {
        let support = read(token)
        #expect(support.caseMapping == .rfc1459 && support.nicknameLength == 9)
        #expect(support.modesPerLine >= 1 && support.modes.lists == ModeKinds().lists)
    }

    @Test func aServerThatNeverStopsDoesNotFillMemory() {
        var support = ISupport()
        for number in 0..<2000 { support.read(["nick", "T\(number)=x", "text"]) }
        #expect(support.tokens.count == 500)
    }

    @Test func modesAreReadWithTheirArguments() {
        let kinds = ModeKinds()
        func parse(_ words: String...) -> [ModeChange] { ModeChange.parse(words[...], kinds) }
        #expect(
            parse("+o-v+b", "ann", "bob") == [
                ModeChange(isSet: true, "o", "ann"), ModeChange(isSet: false, "v", "bob"),
                ModeChange(isSet: true, "b"),
            ])
        #expect(parse("nt-lk", "key").map(\.argument) == [nil, nil, nil, "key"])
        #expect(parse("+l", "5") == [ModeChange(isSet: true, "l", "5")])
        #expect(parse() == [] && parse("+-+") == [])
        #expect(ModeChange.parse(["+iw", "x"], nil).allSatisfy { $0.argument == nil })
    }

    @Test func modesAreComposedAsTheyAreRead() {
        for words in [["+o", "ann"], ["+nt-lk+b", "key", "*!*@*"], ["-i+v-v", "a", "b"]] {
            let changes = ModeChange.parse(words[...], ModeKinds())
            #expect(ModeChange.compose(changes) == words)
        }
    }
}

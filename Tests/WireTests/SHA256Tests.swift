import FairleadWire
import Testing

@Suite struct SHA256Tests {
    private func text(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The examples of FIPS 180-4 and around the places where a block is full.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000 / 100),
            "27dd1f61b867b6a0f6e9d8a41c43231de52107e53ae424de8f847b821db4b711"
        ),
    ])
    func theStandardsExamples(message: String, hash: String) {
        #expect(text(SHA256.hash(message.utf8)) == hash)
    }

    @Test func everyLengthAroundABlockHasItsOwnHash() {
        var seen = Set<[UInt8]>()
        for count in 50...140 {
            seen.insert(SHA256.hash(repeatElement(0, count: count)))
        }
        #expect(seen.count == 91)
    }
}

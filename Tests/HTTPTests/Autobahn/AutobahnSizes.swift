// Section 9 of the Autobahn suite: big messages whole, in fragments and in small pieces, and many
// small ones. At their own sizes (16 MB) they take minutes in a debug build; each is a
// thirty-second of that here, and whole with FAIRLEAD_AUTOBAHN=whole.
import FairleadHTTPWire
import Glibc

let autobahnScale = unsafe getenv("FAIRLEAD_AUTOBAHN") == nil ? 32 : 1

typealias AutobahnMaker = @Sendable () -> AutobahnCase

/// 54 cases, made one at a time: together they are half a gigabyte.
let autobahnSizes: [AutobahnMaker] =
    wholes(1, 1) + wholes(2, 2) + inFragments(3, 1) + inFragments(4, 2) + inPieces(5, 1)
    + inPieces(6, 2) + manySmall(7, 1) + manySmall(8, 2)

private func wholes(_ section: Int, _ opcode: UInt8) -> [AutobahnMaker] {
    [64, 256, 1024, 4096, 8192, 16_384].enumerated().map { index, size in
        { big("9.\(section).\(index + 1)", opcode, size) }
    }
}

private func inFragments(_ section: Int, _ opcode: UInt8) -> [AutobahnMaker] {
    (0..<9).map { index in
        { big("9.\(section).\(index + 1)", opcode, 4096, fragments: 64 << (2 * index)) }
    }
}

private func inPieces(_ section: Int, _ opcode: UInt8) -> [AutobahnMaker] {
    (0..<6).map { index in
        { big("9.\(section).\(index + 1)", opcode, 1024, pieces: 64 << index) }
    }
}

private func manySmall(_ section: Int, _ opcode: UInt8) -> [AutobahnMaker] {
    [0, 16, 64, 256, 1024, 4096].enumerated().map { index, size in
        { many("9.\(section).\(index + 1)", opcode, size) }
    }
}

private func answer(_ opcode: UInt8, _ bytes: [UInt8]) -> WebSocketEvent {
    opcode == 1 ? .text(String(decoding: bytes, as: UTF8.self)) : .binary(bytes)
}

private func big(
    _ name: String, _ opcode: UInt8, _ kilobytes: Int, fragments size: Int? = nil,
    pieces: Int? = nil
) -> AutobahnCase {
    let count = kilobytes * 1024 / autobahnScale
    let bytes = [UInt8](repeating: opcode == 1 ? 0x2A : 0xFE, count: count)
    let frames =
        size.map { fragments(opcode, bytes, of: $0) } ?? [frame(0x80 | opcode, bytes: bytes)]
    return AutobahnCase(name, frames, pieces: pieces, [answer(opcode, bytes)])
}

private func many(_ name: String, _ opcode: UInt8, _ size: Int) -> AutobahnCase {
    let bytes = [UInt8](repeating: opcode == 1 ? 0x2A : 0xFE, count: size)
    let count = 1000 / min(autobahnScale, 10)
    return AutobahnCase(
        name, (0..<count).map { _ in frame(0x80 | opcode, bytes: bytes) },
        (0..<count).map { _ in answer(opcode, bytes) })
}

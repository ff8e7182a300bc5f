// Section 7 of the Autobahn suite: how a connection is closed, with what, and what is heard
// afterwards (nothing). Names are theirs, bytes our own.
import FairleadHTTPWire

let autobahnClosing = closings + bodies + codes

private let normal = AutobahnCase.End.code(1000)
private let broken = AutobahnCase.End.code(1002)
private let big = [UInt8](repeating: 0x2A, count: 256 * 1024)

private let closings: [AutobahnCase] = [
    AutobahnCase("7.1.1", [frame(0x81, "a"), closing(1000)], [.text("a")], normal),
    AutobahnCase("7.1.2", [closing(1000), closing(1000)], [], normal),
    AutobahnCase("7.1.3", [closing(1000), frame(0x89)], [], normal),
    AutobahnCase("7.1.4", [closing(1000), frame(0x81, "late")], [], normal),
    AutobahnCase("7.1.5", [frame(0x01, "a"), closing(1000), frame(0x80, "b")], [], normal),
    AutobahnCase(
        "7.1.6", [frame(0x82, bytes: big), closing(1000), frame(0x89)], [.binary(big)], normal),
]

private let bodies: [AutobahnCase] = [
    AutobahnCase("7.3.1", [frame(0x88)], [], .code(nil)),
    AutobahnCase("7.3.2", [frame(0x88, bytes: [3])], [], broken),
    AutobahnCase("7.3.3", [closing(1000)], [], normal),
    AutobahnCase("7.3.4", [closing(1000, Array("good bye".utf8))], [], normal),
    AutobahnCase("7.3.5", [closing(1000, [UInt8](repeating: 0x2A, count: 123))], [], normal),
    AutobahnCase("7.3.6", [closing(1000, [UInt8](repeating: 0x2A, count: 124))], [], broken),
    AutobahnCase(
        "7.5.1", [closing(1000, [0xCE, 0xBA, 0xED, 0xA0, 0x80])], [], .code(1007)),
]

private let codes: [AutobahnCase] =
    [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]
    .enumerated().map { AutobahnCase("7.7.\($0 + 1)", [closing($1)], [], .code($1)) }
    + [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999]
    .enumerated().map { AutobahnCase("7.9.\($0 + 1)", [closing($1)], [], broken) }
    + [5000, 65_535]
    .enumerated().map { AutobahnCase("7.13.\($0 + 1)", [closing($1)], [], broken) }

// What libFuzzer calls. Which fuzzer is meant is said by the environment variable FUZZER, so that
// all are one program, built once.
import Glibc

private let chosen: (any Fuzzer.Type)? = {
    guard let name = unsafe getenv("FUZZER") else { return nil }
    let wanted = unsafe String(cString: name)
    return fuzzers.first { $0.name == wanted }?.fuzzer
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let chosen else { fatalError("FUZZER names no fuzzer") }
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    if let violation = chosen.violation(input) { fatalError(violation) }
    return 0
}

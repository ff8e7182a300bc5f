/// `unsafe`, and `@unchecked`, stand only where the kernel, C or raw memory is met.
struct UnsafeRule: Rule {
    /// Files, and folders with a slash at the end.
    static let places = [
        "Sources/Engine/System/",
        "Sources/Engine/Pollers/",
        // Runs a job of Swift's own tasks.
        "Sources/Engine/Reactor/Mailbox.swift",
        // An actor's executor, which the mailbox keeps.
        "Sources/Engine/Reactor/ReactorActor.swift",
        // Reads the timer descriptor that a foreign loop watches.
        "Sources/Engine/Reactor/Guest.swift",
        // The copies and the search that every parser uses.
        "Sources/Wire/SpanBytes.swift",
        // Words out of a sentence's bytes.
        "Sources/NMEA/Wire/Parsing/ByteWindow.swift",
        // The pointers of libudev.
        "Sources/Devices/Udev/",
        // Calls of zlib.
        "Sources/HTTP/Net/Zlib/",
    ]

    func findings(in file: SourceFile) -> [Finding] {
        guard file.isIn("Sources"), let code = file.code,
            !Self.places.contains(where: { file.path.hasPrefix($0) })
        else { return [] }
        return code.tokens.filter { ["unsafe", "unchecked"].contains($0.text) }.map {
            file.finding($0.line, "\($0.text) outside the named files")
        }
    }
}

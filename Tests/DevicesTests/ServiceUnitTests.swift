// The rules and units as they are installed: read by udev's and systemd's own tools where this
// machine has them (a warning is a fault), and compared with what the program knows. That they
// work is shown on a virtual machine, by `make rig-test`.
import FairleadDevices
import Foundation
import Testing

@Suite struct ServiceUnitTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What a command said, and its status.
    private struct Answer {
        let text: String
        let status: Int32
    }

    private static func run(_ command: String) throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = root
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Answer(
            text: String(decoding: data, as: UTF8.self), status: process.terminationStatus)
    }

    /// What `make install` puts below a fresh folder, with any executable for ours.
    private final class Stage {
        let folder = "/tmp/fairlead-stage-" + UUID().uuidString.prefix(13)

        init() throws {
            let answer = try run("make install BUILT=/bin/true DESTDIR=\(folder)")
            try #require(answer.status == 0, "\(answer.text)")
        }

        var files: [String] {
            (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
                .filter { path in
                    var isFolder: ObjCBool = false
                    _ = unsafe FileManager.default.fileExists(
                        atPath: "\(folder)/\(path)", isDirectory: &isFolder)
                    return !isFolder.boolValue
                }.sorted()
        }

        func text(_ path: String) throws -> String {
            try String(contentsOfFile: "\(folder)/usr/local/lib/\(path)", encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func has(_ tool: String) throws -> Bool {
        try run("command -v \(tool)").status == 0
    }

    @Test func installingPutsSevenFilesAndUninstallingTakesThemAway() throws {
        let stage = try Stage()
        #expect(
            stage.files == [
                "etc/fairlead.yaml",
                "usr/local/bin/fairlead",
                "usr/local/lib/systemd/system/fairlead.service",
                "usr/local/lib/systemd/system/fairlead.socket",
                "usr/local/lib/systemd/system/fairlead@.service",
                "usr/local/lib/udev/fairlead-number",
                "usr/local/lib/udev/rules.d/60-fairlead.rules",
            ])
        let answer = try Self.run("make uninstall DESTDIR=\(stage.folder)")
        #expect(answer.status == 0, "\(answer.text)")
        #expect(stage.files == [])
    }

    @Test func aConfigurationThatWasChangedIsLeftAlone() throws {
        let stage = try Stage()
        let file = "\(stage.folder)/etc/fairlead.yaml"
        let own = "sources: [serial:auto]  # ours\n"
        try own.write(toFile: file, atomically: true, encoding: .utf8)
        for target in ["install BUILT=/bin/true", "uninstall"] {
            #expect(try Self.run("make \(target) DESTDIR=\(stage.folder)").status == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == own, "\(target)")
        }
        #expect(stage.files == ["etc/fairlead.yaml"])
    }

    @Test func anotherPrefixIsInAllFiles() throws {
        let folder = "/tmp/fairlead-stage-" + UUID().uuidString.prefix(13)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let answer = try Self.run("make install BUILT=/bin/true DESTDIR=\(folder) PREFIX=/usr")
        #expect(answer.status == 0, "\(answer.text)")
        let found = try Self.run("grep -r /usr/local \(folder)/usr/lib")
        #expect(found.text == "")
        let unit = try Self.run("cat \(folder)/usr/lib/systemd/system/fairlead.service")
        #expect(unit.text.contains("ExecStart=/usr/bin/fairlead run"))
    }

    @Test func systemdFindsNoFaultInTheUnits() throws {
        guard try Self.has("systemd-analyze") else { return try noTool("systemd-analyze") }
        let stage = try Stage()
        // Where the program is now, instead of where it will be.
        let units = "\(stage.folder)/units"
        let copied = try Self.run(
            """
            mkdir \(units) && cd \(stage.folder)/usr/local/lib/systemd/system &&
            for unit in *; do sed 's|/usr/local|\(stage.folder)&|' "$unit" >\(units)/"$unit"; done
            cp \(units)/fairlead@.service \(units)/fairlead@gps0.service
            """)
        #expect(copied.text == "" && copied.status == 0)
        let answer = try Self.run(
            "systemd-analyze verify \(units)/fairlead.service \(units)/fairlead.socket "
                + "\(units)/fairlead@gps0.service")
        #expect(answer.status == 0 && answer.text == "")
    }

    @Test(arguments: ["fairlead.service", "fairlead@.service"])
    func theServicesAreHardlyExposed(unit: String) throws {
        guard try Self.has("systemd-analyze") else { return try noTool("systemd-analyze") }
        // The threshold counts tenths: 1.5.
        let answer = try Self.run(
            "systemd-analyze security --offline=true --threshold=15 udev/\(unit)")
        #expect(answer.status == 0, "\(answer.text)")
        #expect(answer.text.contains("Overall exposure level"))
    }

    @Test func udevFindsNoFaultInTheRules() throws {
        let stage = try Stage()
        let rules = "\(stage.folder)/usr/local/lib/udev/rules.d"
        if try Self.run("udevadm verify --help").status == 0 {
            let answer = try Self.run("udevadm verify \(rules)/60-fairlead.rules")
            #expect(answer.status == 0, "\(answer.text)")
        } else if try Self.has("udevadm"), try Self.run("unshare -m true").status == 0 {
            // Older ones read rules only on the way to testing a device: what that writes stays
            // in a name space of its own.
            let answer = try Self.run(
                """
                unshare -m sh -c 'mount -t tmpfs none /run && mount --bind \(rules) \
                /usr/lib/udev/rules.d && { ! test -d /dev/char || mount -t tmpfs none /dev/char; } \
                && udevadm test --action=add /sys/class/tty/tty0' 2>&1
                """)
            #expect(answer.text.contains("Reading rules file"), "\(answer.text)")
            let faults = answer.text.split(separator: "\n").filter {
                $0.contains("60-fairlead.rules:")
            }
            #expect(faults == [])
        } else {
            try noTool("udevadm")
        }
    }

    /// Without the tool there is only our own reading of the files; that much must hold.
    private func noTool(_ name: String) throws {
        let text = try String(
            contentsOf: Self.root.appending(path: "udev/60-fairlead.rules"), encoding: .utf8)
        #expect(text.contains("fairlead_end"), "and \(name) is not on this machine")
    }

    @Test func everyDeviceOfTheTableHasARule() throws {
        let stage = try Stage()
        let lines = try stage.text("udev/rules.d/60-fairlead.rules").split(separator: "\n")
        for row in USBTable.rows where row.kind.mayBeReceiver {
            let vendor = USBNumbers(row.vendor, 0).description.prefix(4)
            let rules = lines.filter { $0.contains("{idVendor}==\"\(vendor)\"") }
            let product = row.product.map { USBNumbers(0, $0).description.suffix(4) }
            let goal = "GOTO=\"fairlead_\(row.kind.role.rawValue)\""
            let isThere = try rules.contains { rule in
                guard rule.contains(goal) else { return false }
                guard let pattern = rule.firstMatch(of: /{idProduct}=="([^"]*)"/)?.1 else {
                    return true
                }
                return try pattern.split(separator: "|").contains { part in
                    try product?.wholeMatch(of: Regex(String(part))) != nil
                }
            }
            #expect(isThere, "\(row.kind.name)")
        }
    }

    @Test func nodesAreForTheGroupAndNeverForAll() throws {
        let text = try Stage().text("udev/rules.d/60-fairlead.rules")
        let modes = text.matches(of: /MODE="([0-7]*)"/).map { String($0.1) }
        #expect(modes == ["0660"])
        #expect(text.contains("GROUP=\"dialout\""))
        let labels = Set(text.matches(of: /LABEL="([^"]*)"/).map { String($0.1) })
        let goals = Set(text.matches(of: /GOTO="([^"]*)"/).map { String($0.1) })
        #expect(labels == goals)
    }

    @Test func linksAreNumberedOneAfterAnother() throws {
        let folder = "/tmp/fairlead-numbers-" + UUID().uuidString.prefix(13)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = "sed 's|/run/fairlead-numbers|\(folder)|' udev/fairlead-number"
        func number(_ action: String, _ node: String) throws -> String {
            try Self.run("\(program) | sh -s \(action) \(node)").text
        }
        #expect(try number("add", "ttyUSB0") == "0\n")
        #expect(try number("add", "ttyACM0") == "1\n")
        #expect(try number("add", "ttyUSB0") == "0\n")
        #expect(try number("remove", "ttyUSB0") == "")
        #expect(try number("remove", "ttyUSB7") == "")
        #expect(try number("add", "ttyUSB1") == "0\n")
        #expect(try number("add", "ttyACM0") == "1\n")
    }
}

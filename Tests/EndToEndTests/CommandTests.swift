import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(3))) struct CommandTests {
    @Test(arguments: [
        (["check", "nothing.yaml"], 66, "nothing.yaml"),
        (["check", "bad.yaml"], 78, "bad.yaml:1:1: sorces: expected one of the keys sources"),
        (["run", "--config", "bad.yaml"], 78, "bad.yaml:3:3: log.levle"),
        (["run", "--config", "nothing.yaml"], 66, "nothing.yaml"),
        (["run", "--source", "tpc:localhost:1"], 64, "did you mean \"tcp\"?"),
        (["run", "--outlet", "nmae=tcp:1"], 64, "did you mean \"nmea\"?"),
        (["run", "--log-level", "loud"], 64, "expected debug, info, warning or error"),
        (["run", "--nothing"], 64, "Unknown option"),
        (["decode", "nothing.log"], 66, "nothing.log"),
        (
            ["run", "--source", "simulate:", "--outlet", "nmea=unix:/nowhere/socket"], 69,
            "/nowhere/socket"
        ),
    ])
    func whatIsWrongIsSaidAndTheStatusTellsWhichKind(
        arguments: [String], status: Int32, words: String
    ) throws {
        let program = try Program(arguments)
        try program.write("sorces: []\nlog:\n  levle: x\n", to: "bad.yaml")
        let end = try program.runToEnd()
        #expect(end.status == status && end.output.isEmpty)
        #expect(end.errors.contains(words), "\(end.errors)")
    }

    @Test func helpVersionAndCompletionsAreThere() throws {
        for command in [[], ["run"], ["devices"], ["decode"], ["check"]] {
            let end = try Program(command + ["--help"]).runToEnd()
            #expect(end.status == 0 && end.output.contains("USAGE: fairlead"))
        }
        let version = try Program(["--version"]).runToEnd()
        #expect(version.status == 0 && version.output.hasPrefix("0."))
        for shell in ["bash", "zsh", "fish"] {
            let end = try Program(["--generate-completion-script", shell]).runToEnd()
            #expect(end.status == 0 && end.output.contains("fairlead"))
        }
    }

    @Test func aGoodConfigurationIsSaidToBeGood() throws {
        let program = try Program(["check", "good.yaml"])
        try program.write("sources: [serial:auto]\noutlets: [gpsd=tcp:2947]\n", to: "good.yaml")
        let end = try program.runToEnd()
        #expect(end.status == 0 && end.errors.isEmpty)
        #expect(end.output.contains("gpsd=tcp:2947"))
    }

    /// Started, reloaded with a good file and a bad one, and ended, as a service manager does it.
    @Test func aGatewayStartsReloadsAndEndsWithZero() throws {
        let program = try Program(
            ["run", "--config", "gateway.yaml"], environment: ["FAIRLEAD_LOG_FORMAT": "json"])
        let base =
            "sources: ['simulate:']\noutlets:\n  - nmea: 'unix:\(program.folder.path)/nmea'\n"
        try program.write(base, to: "gateway.yaml")
        try program.start()
        let first = program.errors(until: "NMEA on")
        #expect(first.contains("\"level\":\"info\"") && !first.contains("gpsd on"))
        let more = "  - gpsd: 'unix:\(program.folder.path)/gpsd'\n"
        try program.write(base + more, to: "gateway.yaml")
        program.signal(SIGHUP)
        #expect(program.errors(until: "gpsd on").contains("read again"))
        try program.write(base + "  - gspd: x\n", to: "gateway.yaml")
        program.signal(SIGHUP)
        let refused = program.errors(until: "stays as it was")
        #expect(refused.contains("gateway.yaml:4:5") && refused.contains("did you mean"))
        program.signal(SIGTERM)
        let end = program.end()
        #expect(end.status == 0 && end.output.isEmpty)
        let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
        #expect(!left.contains("nmea") && !left.contains("gpsd"), "sockets go with their server")
    }
}

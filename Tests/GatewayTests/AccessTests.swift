// Who may talk back to a receiver: tokens and their file, the limit of failed attempts, and the
// whole way from a client over the outlet to the device, which an anonymous client never reaches.
// The device is a real pseudo-terminal.

import FairleadEngine
import FairleadEngineTesting
import FairleadNMEAWire
import FairleadWire
import Testing

@testable import FairleadGateway

@Suite(.serialized, .timeLimit(.minutes(2))) struct AccessTests {
    private static var freshFolder: String {
        "/tmp/fairlead-ac-\(UInt64.random(in: 0 ... .max))"
    }

    private func make(
        _ scope: AccessToken.Scope, label: String = "x y"
    ) throws -> (String, AccessToken) {
        var random = SystemRandomNumberGenerator()
        let now = try #require(UTCTime("2026-12-01T12:00:00.000Z"))
        let made = AccessToken.make(scope, label: label, at: now, &random)
        return (made.secret, made.token)
    }

    // MARK: Tokens

    @Test func aSecretHas256BitsAndIsNotInTheFile() throws {
        let store = TokenStore(state: Self.freshFolder)
        let (secret, token) = try make(.control, label: "the\nplotter")
        #expect(secret.hasPrefix("fl_") && secret.utf8.count == 67)
        try store.add(token)
        let bytes = try PosixKernel().readFile(store.path, atMost: 10_000)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains(secret.dropFirst(3)) && text.split(separator: "\n").count == 1)
        #expect((PosixKernel().status(of: store.path)?.mode ?? 0) & 0o777 == 0o600)
        let (other, _) = try make(.control)
        #expect(other != secret)
    }

    @Test func whatAnotherProcessChangesCountsAtOnce() throws {
        let folder = Self.freshFolder
        let (ours, theirs) = (TokenStore(state: folder), TokenStore(state: folder))
        #expect(ours.all == [])
        let (_, first) = try make(.read)
        let (_, second) = try make(.control)
        try theirs.add(first)
        #expect(ours.all == [first])
        try theirs.add(second)
        #expect(ours.all == [first, second])
        #expect(try theirs.revoke(first.id) && ours.all == [second])
        #expect(try !ours.revoke("nothing"))
    }

    @Test(arguments: ["", "x", "zz control now", "\(String(repeating: "g", count: 64)) read a b"])
    func whatIsNoTokenIsPassedOver(line: String) {
        #expect(AccessToken(line: line[...]) == nil)
    }

    // MARK: The limit

    @Test func w7WhoGuessesIsSoonNotListenedTo() {
        var limiter = AttemptLimiter()
        func at(_ second: Int) -> Instant { Instant(nanoseconds: Int64(second) * 1_000_000_000) }
        func allows(_ source: String, _ second: Int) -> Bool {
            limiter.allows(source, at: at(second))
        }
        for _ in 0..<10 {
            #expect(allows("a", 0))
            limiter.failed("a", at: at(0))
        }
        #expect(!allows("a", 1))
        #expect(!allows("a", 59))
        #expect(allows("b", 1))
        #expect(allows("a", 60))
    }

    @Test func w7ManySourcesTogetherAreLimitedAndNotRemembered() {
        var limiter = AttemptLimiter()
        let now = Instant(nanoseconds: 0)
        var looked = 0
        for number in 0..<5000 where limiter.allows("\(number)", at: now) {
            looked += 1
            limiter.failed("\(number)", at: now)
        }
        #expect(looked == AttemptLimiter.ofAll)
    }

    // MARK: The way to the device

    private final class Client: StreamProtocol {
        var text = ""
        var hasEnded = false
        private(set) var transport: (any Transport)?
        func connectionMade(on transport: any Transport) { self.transport = transport }
        func received(_ bytes: Span<UInt8>, on transport: any Transport) {
            text += String(decoding: bytes)
        }
        func connectionLost(_ reason: Disconnect, on transport: any Transport) {
            hasEnded = true
        }
    }

    /// What has come to a device's other end.
    private final class Ear {
        private let pair: PseudoTerminalPair
        private var bytes: [UInt8] = []
        init(_ pair: PseudoTerminalPair) { self.pair = pair }
        var text: String {
            bytes += pair.receive()
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private struct Desk {
        let harness: ReactorHarness
        let gateway: Gateway
        let pair: PseudoTerminalPair
        let ear: Ear
        let folder: String

        func client(_ place: String) throws -> Client {
            let client = Client()
            try harness.reactor.connect("unix:\(folder)/\(place)") { _ in
                client
            } completion: { _ in
            }
            try harness.turn("the connection") { client.transport != nil }
            return client
        }

        func say(_ text: String, _ client: Client, until answer: String) throws {
            client.transport?.write(text)
            try harness.turn(answer) { client.text.contains(answer) }
            client.text = ""
        }
    }

    private func withDesk(_ body: (Desk) throws -> Void) throws {
        let folder = Self.freshFolder
        #expect(PosixKernel().makeFolder(folder).isSuccess)
        let pair = try PseudoTerminalPair()
        try withReactor { harness in
            harness.reactor.log = { _, _ in }
            var plan = GatewayPlan()
            plan.state = folder
            plan.sources = ["serial:\(EndpointString.escape(pair.path)):baud=4800"]
            plan.outlets = try OutletPlan.all([
                "nmea=unix:\(folder)/nmea", "web=unix:\(folder)/web", "gpsd=unix:\(folder)/gpsd",
            ])
            let gateway = try Gateway(plan, on: harness.reactor)
            try harness.turn("the device") {
                gateway.hub.devices.contains { $0.isWritable }
            }
            try body(
                Desk(harness: harness, gateway: gateway, pair: pair, ear: Ear(pair), folder: folder)
            )
            harness.reactor.later { harness.reactor.stop() }
            try harness.reactor.run()
        }
        pair.pull()
    }

    private static let sentence = "$PMTK314,-1*04\r\n"

    @Test func g9OnlyAControlTokenReachesTheDevice() throws {
        try withDesk { desk in
            let store = TokenStore(state: desk.folder)
            let (control, token) = try make(.control)
            let (read, weak) = try make(.read)
            try store.add(token)
            try store.add(weak)
            let client = try desk.client("nmea")
            try desk.say(Self.sentence, client, until: "$PFRLD,REFUSED*")
            try desk.say("AUTH nothing\r\n", client, until: "AUTH,REFUSED*")
            try desk.say("AUTH \(read)\r\n", client, until: "AUTH,REFUSED*")
            #expect(desk.ear.text == "")
            try desk.say("AUTH \(control)\r\n", client, until: "AUTH,OK*")
            try desk.say("$PMTK314,-1*05\r\n", client, until: "MALFORMED*")
            try desk.say("$PMTK314,-1\r\n", client, until: "MALFORMED*")
            try desk.say(Self.sentence, client, until: "SENT*")
            try desk.harness.turn("the device") { desk.ear.text == Self.sentence }
            _ = try store.revoke(token.id)
            let late = try desk.client("nmea")
            try desk.say("AUTH \(control)\r\n", late, until: "AUTH,REFUSED*")
        }
    }

    @Test func w7AClientThatGuessesIsNotLookedAtAnyMore() throws {
        try withDesk { desk in
            let (control, token) = try make(.control)
            try TokenStore(state: desk.folder).add(token)
            let client = try desk.client("nmea")
            for number in 0..<10 {
                try desk.say("AUTH \(number)\r\n", client, until: "AUTH,REFUSED*")
            }
            // Not even the right one: over any outlet, from the same place.
            try desk.say("AUTH \(control)\r\n", client, until: "AUTH,LATER*")
            #expect(try post(desk, control).contains(" 429 "))
        }
    }

    private func post(
        _ desk: Desk, _ secret: String?, type: String = "application/x-nmea",
        _ body: String = sentence, device: String? = nil
    ) throws -> String {
        let client = try desk.client("web")
        let name = device ?? desk.pair.path
        let authorization = secret.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        client.transport?.write(
            "POST /v1/devices/write?device=\(name) HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: \(type)\r\n\(authorization)Content-Length: \(body.utf8.count)\r\n"
                + "Connection: close\r\n\r\n\(body)")
        try desk.harness.turn("the answer") { client.hasEnded }
        return String(client.text.prefix { $0 != "\r\n" })
    }

    @Test func b3OverHTTPATokenAndItsTypeAreNeeded() throws {
        try withDesk { desk in
            let (control, token) = try make(.control)
            let (read, weak) = try make(.read)
            let store = TokenStore(state: desk.folder)
            try store.add(token)
            try store.add(weak)
            #expect(try post(desk, nil).contains(" 401 "))
            #expect(try post(desk, "fl_x").contains(" 401 "))
            #expect(try post(desk, read).contains(" 403 "))
            #expect(try post(desk, control, type: "text/plain").contains(" 415 "))
            #expect(try post(desk, control, type: "application/json").contains(" 415 "))
            #expect(try post(desk, control, "no sentence").contains(" 400 "))
            #expect(try post(desk, control, Self.sentence + "x").contains(" 400 "))
            #expect(
                try post(desk, control, String(repeating: "a", count: 2000)).contains(" 413 "))
            #expect(try post(desk, control, device: "/dev/other").contains(" 404 "))
            #expect(desk.ear.text == "")
            #expect(try post(desk, control).contains(" 204 "))
            try desk.harness.turn("the device") { desk.ear.text == Self.sentence }
        }
    }

    @Test func g9WhatGpsdClientsAskForDoesNotReachTheDevice() throws {
        try withDesk { desk in
            let client = try desk.client("gpsd")
            for change in [
                "\"native\":1", "\"bps\":115200", "\"cycle\":0.2", "\"hexdata\":\"b562\"",
            ] {
                try desk.say(
                    "?DEVICE={\"path\":\"\(desk.pair.path)\",\(change)};", client, until: "class")
            }
            #expect(desk.ear.text == "")
        }
    }

    // MARK: What is open to whom

    @Test(arguments: [
        ("nmea", "tcp:10110:interface=127.0.0.1", false),
        ("gpsd", "tcp6:2947:interface=[::1]", false),
        ("nmea", "tcp:10110", true), ("web", "tcp:8080:interface=0.0.0.0", true),
        ("gpsd", "tcp6:2947", true), ("nmea", "unix:/tmp/x", false),
        ("bot", "#gps@tcp:irc.example.net:6667", false), ("pty", "/tmp/gps", false),
        ("irc", "tcp:6667:interface=192.0.2.7", true),
    ])
    func whatIsOpenToOthersIsSaid(kind: String, place: String, isOpen: Bool) {
        let words = Exposure.words(OutletPlan(kind: kind, place: place))
        #expect((words != nil) == isOpen, "\(words ?? "")")
    }
}

import FairleadEngineTesting
import FairleadWire
import Testing

@testable import FairleadEngine

@Suite struct ServiceNotificationTests {
    /// A socket to be told at, and what comes there.
    private final class Ear {
        let kernel = PosixKernel()
        let descriptor: Int32
        let address: SocketAddress

        init(_ address: SocketAddress) throws {
            self.address = address
            descriptor = Int32(try kernel.socket(.unix, .datagram).get("socket"))
            _ = try kernel.bind(descriptor, to: address).get("bind")
        }

        deinit { kernel.close(descriptor) }

        var next: String? {
            var buffer = [UInt8](repeating: 0, count: 500)
            var target = buffer.mutableSpan
            let count = kernel.read(descriptor, into: &target).rawValue
            return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
        }
    }

    @Test func theManagerIsToldOfReadinessStatusAndEnd() throws {
        try withTemporaryFolder { folder in
            let ear = try Ear(.unix(path: folder + "/notify"))
            let reactor = try Reactor()
            let made = ServiceNotification(
                on: reactor, environment: { $0 == "NOTIFY_SOCKET" ? folder + "/notify" : nil },
                process: 1)
            let notification = try #require(made)
            notification.ready("two\nlines")
            #expect(ear.next == "READY=1\nSTATUS=two lines")
            notification.say("one device")
            #expect(ear.next == "STATUS=one device")
            #expect(try reactor.finish().isEmpty)
            #expect(ear.next == "STOPPING=1")
            notification.say("too late")
            #expect(ear.next == nil)
        }
    }

    @Test func theWatchdogIsFedByTheLoop() throws {
        let name = "fairlead-notify-\(UInt64.random(in: 0 ... .max))"
        let ear = try Ear(.abstract(name: Array(name.utf8)))
        let reactor = try Reactor()
        let variables = [
            "NOTIFY_SOCKET": "@" + name, "WATCHDOG_USEC": "20000", "WATCHDOG_PID": "7",
        ]
        let notification = ServiceNotification(
            on: reactor, environment: { variables[$0] }, process: 7)
        #expect(notification != nil)
        var words: [String] = []
        try reactor.run(until: "three meals") {
            if let word = ear.next { words.append(word) }
            return words.count == 3
        }
        #expect(words == ["WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"])
        #expect(try reactor.finish().isEmpty)
    }

    @Test(arguments: [
        [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative/path"],
    ])
    func whereNobodyListensNothingIsMade(variables: [String: String]) throws {
        let reactor = try Reactor()
        #expect(
            ServiceNotification(on: reactor, environment: { variables[$0] }, process: 1) == nil)
        #expect(reactor.census.isEmpty)
    }

    @Test func aWatchdogForAnotherProcessIsNotFed() throws {
        let variables = [
            "NOTIFY_SOCKET": "@nobody", "WATCHDOG_USEC": "20000", "WATCHDOG_PID": "8",
        ]
        let reactor = try Reactor()
        let made = ServiceNotification(
            on: reactor, environment: { variables[$0] }, process: 7)
        #expect(made != nil)
        #expect(reactor.census.timers.isEmpty)
        #expect(try reactor.finish().isEmpty)
    }
}

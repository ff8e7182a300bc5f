// Hot-plug on a fake machine: real folders and inotify events, made by hand. What a real udev says
// is tested on a virtual machine (Tests/Rig), for here there is none; a udev that is there and
// says nothing is tested here.
import FairleadDevices
import FairleadEngine
import FairleadEngineTesting
import Testing

@Suite struct DeviceMonitorTests {
    /// A monitor of a fake machine, and what it told.
    private final class Watcher {
        let monitor: DeviceMonitor
        private(set) var told: [DeviceChange] = []
        private(set) var log: [String] = []
        private var observation: DeviceObservation?

        init(_ machine: FakeMachine, on reactor: Reactor) {
            monitor = DeviceMonitor(on: reactor, machine.folders)
            monitor.log = { [unowned self] _, text in log.append(text) }
            observation = monitor.observe { [unowned self] in told.append($0) }
            monitor.start()
        }

        var words: [String] {
            told.map { change in
                let name = change.device.node.split(separator: "/").last ?? ""
                return "\(change.description.split(separator: " ").first ?? "") \(name)"
            }
        }

        func stopTelling() { observation?.cancel() }
    }

    @Test func whatIsThereAtTheStartIsKnown() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
        try withReactor { harness in
            let watcher = Watcher(machine, on: harness.reactor)
            #expect(watcher.monitor.devices.map(\.identity.text) == ["usb-0403:6001-A1-if00"])
            #expect(watcher.told.isEmpty)
            watcher.monitor.stop()
        }
    }

    @Test func withoutUdevTheFolderIsWatchedAndTheLogSaysSo() throws {
        let machine = try FakeMachine()
        try withReactor { harness in
            let watcher = Watcher(machine, on: harness.reactor)
            #expect(watcher.monitor.way == .folder)
            #expect(watcher.log.contains { $0.contains("no udev") && $0.contains("/dev") })
            try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
            try harness.turn { watcher.told.count == 1 }
            try machine.unplug("ttyUSB0", from: "1")
            try harness.turn { watcher.told.count == 2 }
            #expect(watcher.words == ["added ttyUSB0", "removed ttyUSB0"])
            watcher.monitor.stop()
        }
    }

    @Test func aReplugAsAnotherNodeKeepsTheIdentity() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
        try withReactor { harness in
            let watcher = Watcher(machine, on: harness.reactor)
            let identity = try #require(watcher.monitor.devices.first?.identity)
            try machine.unplug("ttyUSB0", from: "1")
            try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB1")
            try harness.turn { watcher.monitor.device(identity)?.node.hasSuffix("1") == true }
            #expect(watcher.words == ["removed ttyUSB0", "added ttyUSB1"])
            #expect(watcher.told.allSatisfy { $0.device.identity == identity })
            watcher.monitor.stop()
        }
    }

    @Test func aNodeThatWasMadeAnewIsANewArrival() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
        try machine.write("keeps the number of the old node", "dev/other")
        try withReactor { harness in
            let watcher = Watcher(machine, on: harness.reactor)
            // A new file under the old name, made before the old one goes: another inode.
            try machine.write("", "dev/fresh")
            try machine.rename("dev/fresh", to: "dev/ttyUSB0")
            try harness.turn { watcher.told.count == 2 }
            #expect(watcher.words == ["removed ttyUSB0", "added ttyUSB0"])
            watcher.monitor.stop()
        }
    }

    @Test func aPathIsFoundByNodeLinkAndLinkToALink() throws {
        let machine = try FakeMachine()
        try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
        try machine.link("dev/gps0", to: "ttyUSB0")
        try machine.link("mine", to: machine.root + "/dev/gps0")
        try withReactor { harness in
            let watcher = Watcher(machine, on: harness.reactor)
            for path in ["/dev/ttyUSB0", "/dev/gps0", "/mine"] {
                #expect(watcher.monitor.device(at: machine.root + path) != nil, "\(path)")
            }
            #expect(watcher.monitor.device(at: machine.root + "/dev/gps1") == nil)
            watcher.monitor.stop()
        }
    }

    @Test func aMuteUdevIsNoticedAndTheFolderBelieved() throws {
        let machine = try FakeMachine()
        // Looks as if udev ran; it knows nothing of this machine and will never say a word.
        try machine.write("", "run/udev/control")
        try withReactor { harness in
            let watcher = Watcher(machine, on: harness.reactor)
            #expect(watcher.monitor.way == .udev)
            watcher.monitor.patience = .milliseconds(20)
            try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
            try harness.turn { watcher.told.count == 1 }
            #expect(watcher.monitor.way == .folder)
            #expect(watcher.log.contains { $0.contains("udev says nothing") })
            watcher.monitor.stop()
        }
    }

    @Test func aDeviceThatUdevHasLeftOutIsNoReasonToDoubtIt() throws {
        let machine = try FakeMachine()
        try machine.write("", "run/udev/control")
        try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
        try withReactor { harness in
            let watcher = Watcher(machine, on: harness.reactor)
            watcher.monitor.patience = .milliseconds(1)
            // Something else in the folder changes: nothing that udev would have to tell of.
            var changes = 0
            let watch = try FolderWatch(machine.folders.devices, on: harness.reactor) {
                changes += 1
            }
            for number in 0..<20 {
                try machine.write("", "dev/other\(number)")
                try harness.turn { changes > number }
                try harness.turn(for: .milliseconds(2))
            }
            #expect(watcher.monitor.way == .udev)
            watch.cancel()
            watcher.monitor.stop()
        }
    }

    @Test func whoHasCancelledIsToldNothing() throws {
        let machine = try FakeMachine()
        try withReactor { harness in
            let watcher = Watcher(machine, on: harness.reactor)
            watcher.stopTelling()
            try machine.plug(FakeAdapter(), into: "1", as: "ttyUSB0")
            try harness.turn { watcher.monitor.devices.count == 1 }
            #expect(watcher.told.isEmpty)
            watcher.monitor.stop()
        }
    }

    @Test func aStoppedReactorEndsTheWatch() throws {
        let machine = try FakeMachine()
        let reactor = try Reactor()
        let monitor = DeviceMonitor(on: reactor, machine.folders)
        monitor.log = { _, _ in }
        monitor.start()
        reactor.later { reactor.stop() }
        try reactor.run()
        #expect(reactor.census.isEmpty)
        monitor.stop()
    }

    @Test func aFolderThatDoesNotExistYetIsAwaited() throws {
        let machine = try FakeMachine()
        try withReactor { harness in
            var changes = 0
            let folder = machine.root + "/dev/serial/by-id"
            let watch = try FolderWatch(folder, on: harness.reactor) { changes += 1 }
            #expect(watch.folder == machine.root + "/dev")
            try machine.link("dev/serial/by-id/usb-A1", to: machine.root + "/dev/ttyUSB0")
            try harness.turn { changes > 0 }
            watch.cancel()
        }
    }
}

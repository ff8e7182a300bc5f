import ArgumentParser
import FairleadDevices
import FairleadEngine

/// `fairlead devices`: which serial devices there are, what they are, who has them.
struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Lists the serial devices of this machine.",
        discussion: """
            The list is udev's where udev runs, else the kernel's own. IDENTITY is what stays when \
            a device comes back as another node. ACCESS says which group to join where you may \
            not open a device.
            """)

    @Flag(help: "Print JSON: an array, or with --watch an object a line.")
    var json = false

    @Flag(help: "Stay, and print each device that comes, goes or changes.")
    var watch = false

    func run() throws {
        if watch { return Reactor.main { reactor in follow(on: reactor) } }
        let kernel = PosixKernel()
        let source: any DeviceSource = UdevSource(kernel: kernel) ?? SystemTree(kernel: kernel)
        let reports = source.devices().map { DeviceReport($0, SystemTree(kernel: kernel)) }
        if json {
            say("[" + reports.map(\.json).joined(separator: ",\n ") + "]")
        } else if reports.isEmpty {
            say("no serial devices")
        } else {
            say(DeviceReport.table(reports))
        }
    }

    /// Prints the list, then each change.
    private func follow(on reactor: Reactor) {
        let tree = SystemTree(kernel: reactor.kernel)
        let monitor = DeviceMonitor(on: reactor) { _, text in note(text) }
        monitor.start()
        let observation = monitor.observe { change in
            say(line(change, tree))
        }
        for device in monitor.devices { say(line(.added(device), tree)) }
        reactor.add(to: .beforeShutDown) { _, done in
            observation.cancel()
            monitor.stop()
            done()
        }
    }

    private func line(_ change: DeviceChange, _ tree: SystemTree) -> String {
        let word =
            switch change {
            case .added: "added"
            case .removed: "removed"
            case .changed: "changed"
            }
        let report = DeviceReport(change.device, tree)
        return json ? "{\"event\":\"\(word)\",\"device\":\(report.json)}" : "\(word) \(report.line)"
    }
}

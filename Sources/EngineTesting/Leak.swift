import FairleadEngine

/// What a test left behind on its reactor or kernel.
public struct Leak: Error, Hashable, CustomStringConvertible {
    /// Watched descriptors and memory transports, by the name of who watches them.
    public var connections: [String]
    /// Pending timers, by file and line of who made them.
    public var timers: [String]
    /// Descriptors that are open and belong to nobody any more.
    public var descriptors: Int
    /// Rules of the kernel that were broken; simulated kernels only.
    public var violations: [String]

    public var isEmpty: Bool {
        connections.isEmpty && timers.isEmpty && descriptors == 0 && violations.isEmpty
    }

    public var description: String {
        var parts: [String] = []
        if !connections.isEmpty { parts.append("still connected: \(list(connections))") }
        if !timers.isEmpty { parts.append("timers still pending, made at \(list(timers))") }
        if descriptors != 0 { parts.append("\(descriptors) descriptors still open") }
        if !violations.isEmpty { parts.append("rules broken: \(list(violations))") }
        return "left behind: " + parts.joined(separator: "; ")
    }

    private func list(_ items: [String]) -> String { items.joined(separator: ", ") }
}

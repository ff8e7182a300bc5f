import FairleadEngineTesting
import Glibc
import Testing

/// The real reactor on the simulated kernel. `make simulate SEEDS=n START_SEED=m` runs more.
@Suite struct SimulationTests {
    private static func setting(_ name: String) -> UInt64? {
        CommandSettings.value(name).flatMap { UInt64($0) }
    }

    @Test func everySeedKeepsTheRules() throws {
        let start = Self.setting("START_SEED") ?? 1
        let count = Self.setting("SEEDS") ?? 250
        for seed in start..<start + count {
            if CommandSettings.value("VERBOSE") != nil { CommandSettings.tell("seed \(seed)") }
            let world = try World(seed: seed)
            let faults = world.run()
            if faults.isEmpty { continue }
            print("seed \(seed): \(faults.joined(separator: "\n    "))")
            print(world.kernel.trace.tail(60))
            print("replay it: make simulate SEEDS=1 START_SEED=\(seed)")
            Issue.record("seed \(seed): \(faults[0])")
            if CommandSettings.value("KEEP_GOING") == nil { return }
        }
    }

    @Test func aSeedReplaysToTheSameTrace() throws {
        for seed in [3, 14, 159] as [UInt64] {
            let first = try World(seed: seed)
            let second = try World(seed: seed)
            #expect(first.run() == second.run())
            #expect(first.kernel.trace.digest == second.kernel.trace.digest)
            #expect(first.kernel.trace.count == second.kernel.trace.count)
            #expect(first.kernel.trace.count > 100)
            let other = try World(seed: seed + 1)
            _ = other.run()
            #expect(other.kernel.trace.digest != first.kernel.trace.digest)
        }
    }
}

import FairleadEngineTesting
import Testing

@testable import FairleadEngine

@Suite struct PollerLawTests {
    /// select cannot watch numbers from 1024 on.
    private func checker(_ backend: Backend) -> PollerChecker {
        var checker = PollerChecker { try backend.makePoller(log: { _, _ in }) }
        checker.descriptors = backend == .select ? 400 : 1000
        return checker
    }

    @Test(arguments: Backend.available, PollerChecker.Law.allCases)
    func holds(_ backend: Backend, _ law: PollerChecker.Law) {
        #expect(checker(backend).violations(of: law) == [])
    }
}

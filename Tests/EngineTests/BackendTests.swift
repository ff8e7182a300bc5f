import CSystem
import FairleadEngineTesting
import Glibc
import Testing

@testable import FairleadEngine

/// Sets FAIRLEAD_POLLER for this process.
private func ask(for name: String?) {
    if let name {
        unsafe setenv(Backend.environmentVariable, name, 1)
    } else {
        unsafe unsetenv(Backend.environmentVariable)
    }
}

@Suite struct BackendTests {
    @Test(arguments: Backend.available)
    func isChosenByArgument(_ backend: Backend) throws {
        let name = try withOwnDescriptors { try Reactor(backend).pollerName }
        #expect(name == backend.rawValue)
    }

    /// In processes of their own: the environment is shared by all threads.
    @Test func isChosenByTheEnvironment() async {
        await #expect(processExitsWith: .success) {
            for backend in Backend.available {
                ask(for: backend.rawValue)
                let (chosen, argument) = (try Reactor(), try Reactor(.poll))
                #expect(chosen.pollerName == backend.rawValue)
                #expect(argument.pollerName == "poll")
            }
            ask(for: "SELECT")
            let chosen = try Reactor()
            #expect(chosen.pollerName == "select")
            for nothing in ["", nil] {
                ask(for: nothing)
                let chosen = try Reactor()
                #expect(chosen.pollerName == Backend.automatic.rawValue)
            }
        }
    }

    @Test func aWrongNameInTheEnvironmentIsAnError() async {
        await #expect(processExitsWith: .success) {
            ask(for: "epol")
            do {
                _ = try Reactor()
                Issue.record("there is no such poller")
            } catch {
                #expect(error as? BackendError == BackendError(name: "epol"))
            }
        }
    }

    @Test func theErrorListsTheNamesAndTheNearest() {
        #expect(
            BackendError(name: "epol").description
                == "FAIRLEAD_POLLER: there is no poller \"epol\", did you mean \"epoll\"? "
                + "expected one of epoll, io_uring, kqueue, poll, select")
        #expect(
            BackendError(name: "windows").description
                == "FAIRLEAD_POLLER: there is no poller \"windows\"; "
                + "expected one of epoll, io_uring, kqueue, poll, select")
        #expect(BackendError(name: "iouring").suggestion == "io_uring")
    }

    #if os(Linux)
        @Test func whatThisMachineLacksIsAnErrorThatListsWhatItHas() throws {
            let error = try withOwnDescriptors { () throws -> SystemError? in
                do { _ = try Reactor(.kqueue) } catch { return error as? SystemError }
                return nil
            }
            #expect(error?.code == ENOTSUP)
            let text = try #require(error?.description)
            #expect(text.hasPrefix("poller kqueue (this machine has epoll, "))
            #expect(text.contains("poll, select)"))
            #expect(!Backend.available.contains(.kqueue))
        }

        @Test func whereTheKernelForbidsARingEpollIsUsedAndTheLogSaysWhy() throws {
            var lines: [String] = []
            let poller = try Backend.withFallback(log: { lines.append("\($0.rawValue): \($1)") }) {
                () throws(SystemError) in throw SystemError(EPERM, "io_uring_setup")
            }
            poller.close()
            #expect(poller.name == "epoll")
            let reason = "io_uring_setup: Operation not permitted (EPERM)"
            #expect(
                lines == ["warning: no poller io_uring here, epoll is used instead: \(reason)"])
        }
    #endif

    @Test func selectNamesItsLimit() throws {
        let error = try withOwnDescriptors { () throws -> SystemError? in
            let poller = try Select()
            defer { poller.close() }
            do throws(SystemError) {
                try poller.add(1024, .readable, Token(slot: 1, generation: 1))
                return nil
            } catch {
                return error
            }
        }
        #expect(error == SystemError(EINVAL, "select on descriptor 1024: its limit is 1024"))
    }

    /// A breach of the contract must cost one connection, not the loop.
    @Test(arguments: [Backend.poll, .select])
    func aDescriptorThatWasClosedWhileWatchedIsReportedAsAnError(_ backend: Backend) throws {
        let (token, other) = (Token(slot: 1, generation: 1), Token(slot: 2, generation: 1))
        let events = try withOwnDescriptors {
            let poller = try backend.makePoller(log: { _, _ in })
            defer { poller.close() }
            let (closed, healthy) = (fl_eventfd(), fl_eventfd())
            try poller.add(closed, .readable, token)
            try poller.add(healthy, .writable, other)
            _ = fl_check_close(closed)
            var events: [ReadyEvent] = []
            try poller.wait(until: nil, into: &events)
            return Set(events)
        }
        #expect(events == [ReadyEvent(token, .error), ReadyEvent(other, .writable)])
    }
}

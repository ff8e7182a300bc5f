// UNIX sockets: files with their mode, stale and live ones, abstract names, credentials, passing
// of descriptors, and full queues. Each test has a folder of its own, and at its end neither a
// file nor a descriptor is left.
import FairleadEngine
import FairleadWire
import Foundation
import Testing

@Suite struct UnixTests {
    @Test func aConnectionOverASocketFileIsLikeAnyOther() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let path = folder + "/s"
                let pair = try rig.unixPair(.unix(path: path))
                pair.server.onReceived = { $1.write($0) }
                pair.client.transport?.write("hello")
                try rig.run { pair.client.text == "hello" }
                #expect(pair.client.transport?.peerAddress == .socket(.unix(path: path)))
                #expect(pair.server.transport?.peerAddress == .socket(.unnamed))
                pair.client.transport?.closeWrite()
                try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
                #expect(pair.client.reason == .closedByPeer && pair.server.reason == .closedByPeer)
                #expect(FileManager.default.fileExists(atPath: path))
                pair.port.stop()
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test func bigTransfersPassUnderBackPressure() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let pair = try rig.unixPair(.unix(path: folder + "/s"))
                pair.server.checksPattern = true
                let producer = Producer(pair.client, size: 8_000_000)
                if let transport = pair.client.transport { producer.pump(transport) }
                try rig.run { pair.server.lostCount == 1 }
                #expect(pair.server.receivedCount == 8_000_000 && pair.server.isPattern)
            }
        }
    }

    @Test func aCloseWithUnreadInputIsAnOrdinaryEndForThePeer() throws {
        var limits = Limits()
        limits.readBuffer = 10
        try withTemporaryFolder { folder in
            try withRig(limits) { rig in
                let pair = try rig.unixPair(.unix(path: folder + "/s"))
                pair.server.onReceived = { _, transport in
                    transport.write("enough")
                    transport.close()
                }
                pair.client.transport?.write("more than ten bytes")
                try rig.run { pair.client.lostCount + pair.server.lostCount == 2 }
                #expect(pair.client.text == "enough" && pair.client.reason == .closedByPeer)
            }
        }
    }

    @Test(arguments: [UInt32(0o600), 0o660, 0o666, 0o777])
    func theFileHasTheModeThatWasAskedFor(_ mode: UInt32) throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                _ = try rig.reactor.listenUnix(on: .unix(path: folder + "/s"), mode: mode) { _ in
                    nil
                }
                var options = DatagramOptions()
                options.mode = mode
                try rig.reactor.openDatagram(
                    on: .unix(path: folder + "/d"), options, DatagramRecorder())
                for name in ["/s", "/d"] {
                    #expect(rig.kernel.status(of: folder + name)?.mode == mode)
                }
            }
        }
    }

    @Test func atNoTimeIsTheFileOpenToMoreThanItsMode() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                var seen: [UInt32?] = []
                rig.kernel.onSetMode = { [kernel = rig.kernel] path in
                    seen.append(kernel.status(of: path)?.mode)
                    return nil
                }
                var options = DatagramOptions()
                options.mode = 0o600
                try rig.reactor.openDatagram(
                    on: .unix(path: folder + "/d"), options, DatagramRecorder())
                #expect(seen == [0o600])
            }
        }
    }

    @Test func aStaleFileIsReplaced() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let path = folder + "/s"
                try leaveSocketFile(path, .stream, rig)
                let pair = try rig.unixPair(.unix(path: path))
                #expect(pair.server.isConnected)
                try leaveSocketFile(folder + "/d", .datagram, rig)
                let recorder = DatagramRecorder()
                try rig.reactor.openDatagram(on: .unix(path: folder + "/d"), recorder)
                #expect(recorder.openedCount == 1)
            }
        }
    }

    /// What a program leaves behind that was killed.
    private func leaveSocketFile(_ path: String, _ kind: SocketKind, _ rig: Rig) throws {
        let descriptor = Int32(try rig.kernel.base.socket(.unix, kind).get("socket"))
        _ = try rig.kernel.base.bind(descriptor, to: .unix(path: path)).get("bind")
        rig.kernel.base.close(descriptor)
    }

    @Test func aLiveSocketIsNotReplacedAndGoesOn() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let path = folder + "/s"
                let server = rig.recorder()
                let port = try rig.reactor.listenUnix(on: .unix(path: path)) { _ in server }
                let inUse = SystemError(EADDRINUSE, "bind \(path)")
                #expect(throws: inUse) {
                    try rig.reactor.listenUnix(on: .unix(path: path)) { _ in nil }
                }
                // Nor by a socket of the other kind.
                #expect(throws: inUse) {
                    try rig.reactor.openDatagram(on: .unix(path: path), DatagramRecorder())
                }
                try rig.run { server.lostCount == 1 }
                port.stop()

                let recorder = DatagramRecorder()
                let live = try rig.reactor.openDatagram(on: .unix(path: path), recorder)
                #expect(throws: inUse) {
                    try rig.reactor.openDatagram(on: .unix(path: path), DatagramRecorder())
                }
                try live.send("still here", to: .unix(path: path))
                try rig.run { recorder.texts == ["still here"] }
            }
        }
    }

    @Test func anyOtherKindOfFileIsLeftAlone() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let file = folder + "/file"
                let link = folder + "/link"
                try Data("precious".utf8).write(to: URL(fileURLWithPath: file))
                try leaveSocketFile(folder + "/stale", .stream, rig)
                try FileManager.default.createSymbolicLink(
                    atPath: link, withDestinationPath: folder + "/stale")
                for path in [file, link, folder] {
                    #expect(throws: SystemError(EADDRINUSE, "bind \(path)")) {
                        try rig.reactor.listenUnix(on: .unix(path: path)) { _ in nil }
                    }
                }
                #expect(FileManager.default.contents(atPath: file) == Data("precious".utf8))
                #expect(FileManager.default.fileExists(atPath: folder + "/stale"))
            }
        }
    }

    @Test func aFileThatAnotherHasTakenOverIsNotRemoved() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let path = folder + "/s"
                let port = try rig.reactor.listenUnix(on: .unix(path: path)) { _ in nil }
                _ = rig.kernel.removeFile(path)
                let second = try rig.reactor.listenUnix(on: .unix(path: path)) { _ in nil }
                port.stop()
                #expect(FileManager.default.fileExists(atPath: path))
                second.stop()
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test(arguments: ["listen", "chmod", "watch"])
    func aFailureAfterBindLeavesNoFile(_ step: String) throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let path = folder + "/s"
                switch step {
                case "listen": rig.kernel.onListen = { _ in .failure(ENOBUFS) }
                case "chmod": rig.kernel.onSetMode = { _ in .failure(EPERM) }
                default: rig.kernel.onAdd = { _ in SystemError(ENOSPC, "epoll_ctl") }
                }
                let error = #expect(throws: SystemError.self) {
                    try rig.reactor.listenUnix(on: .unix(path: path), mode: 0o660) { _ in nil }
                }
                rig.kernel.onAdd = nil
                #expect([ENOBUFS, EPERM, ENOSPC].contains(error?.code ?? 0))
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test func aPathThatDoesNotFitIsAnErrorThatSaysSo() throws {
        try withRig { rig in
            let path = "/tmp/" + String(repeating: "x", count: 120)
            #expect(throws: SystemError(ENAMETOOLONG, "bind \(path)")) {
                try rig.reactor.listenUnix(on: .unix(path: path)) { _ in nil }
            }
            let name = [UInt8](repeating: 1, count: 108)
            #expect(throws: SystemError.self) {
                try rig.reactor.listenUnix(on: .abstract(name: name)) { _ in nil }
            }
            #expect(throws: SystemError(EINVAL, "bind a\u{0}b")) {
                try rig.reactor.listenUnix(on: .unix(path: "a\u{0}b")) { _ in nil }
            }
        }
    }

    @Test func anAbstractNameNeedsNoFile() throws {
        try withRig { rig in
            // Any bytes at all, a NUL among them.
            let name = Array("fairlead-\(getpid())-".utf8) + [0, 255, UInt8.random(in: 0...255)]
            let pair = try rig.unixPair(.abstract(name: name))
            #expect(pair.client.transport?.peerAddress == .socket(.abstract(name: name)))
            #expect(throws: SystemError.self) {
                try rig.reactor.listenUnix(on: .abstract(name: name)) { _ in nil }
            }
        }
    }

    @Test func thePeersProcessIsKnown() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let pair = try rig.unixPair(.unix(path: folder + "/s"))
                let us = PeerCredentials(process: getpid(), user: getuid(), group: getgid())
                for end in [pair.client, pair.server] {
                    let transport = try #require(end.transport as? any UnixTransport)
                    #expect(transport.peerCredentials == us)
                    transport.close()
                    #expect(transport.peerCredentials == nil)
                }
            }
        }
    }

    @Test func descriptorsPassToThePeerAndWorkThere() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let pair = try rig.unixPair(.unix(path: folder + "/s"))
                let client = try #require(pair.client.transport as? any UnixTransport)
                let server = try #require(pair.server.transport as? any UnixTransport)
                var arrived: [Int32] = []
                server.receiveDescriptors = { [recorder = pair.server] in
                    arrived += $0
                    #expect(recorder.received.isEmpty, "before the bytes that came with them")
                }
                let pipe = Pipe()
                let writing = pipe.fileHandleForWriting.fileDescriptor
                try client.write(Array("take this".utf8).span, passing: [writing, writing])
                try pipe.fileHandleForWriting.close()
                try rig.run { pair.server.text == "take this" }
                #expect(arrived.count == 2)
                _ = rig.kernel.write(arrived[0], Array("through the pipe".utf8).span)
                for descriptor in arrived { rig.kernel.close(descriptor) }
                let text = try pipe.fileHandleForReading.readToEnd()
                #expect(text == Data("through the pipe".utf8))
            }
        }
    }

    @Test func descriptorsThatNobodyWantsAreClosed() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let pair = try rig.unixPair(.unix(path: folder + "/s"))
                let client = try #require(pair.client.transport as? any UnixTransport)
                let pipe = Pipe()
                let writing = pipe.fileHandleForWriting.fileDescriptor
                try client.write(Array("x".utf8).span, passing: [writing])
                try pipe.fileHandleForWriting.close()
                try rig.run { pair.server.text == "x" }
                // The end of the pipe comes only when no copy of its other end is open.
                #expect(try pipe.fileHandleForReading.readToEnd()?.isEmpty ?? true)
            }
        }
    }

    @Test func whatCannotBePassedIsAnError() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let pair = try rig.unixPair(.unix(path: folder + "/s"))
                let client = try #require(pair.client.transport as? any UnixTransport)
                let byte: [UInt8] = [1]
                #expect(throws: SystemError(EBADF, "sendmsg")) {
                    try client.write(byte.span, passing: [-1])
                }
                for descriptors in [[], [Int32](repeating: 0, count: 17)] {
                    #expect(throws: SystemError(EINVAL, "sendmsg")) {
                        try client.write(byte.span, passing: descriptors)
                    }
                }
                client.closeWrite()
                #expect(throws: SystemError(EPIPE, "sendmsg")) {
                    try client.write(byte.span, passing: [0])
                }
            }
        }
    }

    @Test func aReceiverOfDescriptorsMayEndTheConnection() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let pair = try rig.unixPair(.unix(path: folder + "/s"))
                let client = try #require(pair.client.transport as? any UnixTransport)
                let server = try #require(pair.server.transport as? any UnixTransport)
                server.receiveDescriptors = { [unowned server, kernel = rig.kernel] passed in
                    for descriptor in passed { kernel.close(descriptor) }
                    server.abort()
                }
                try client.write(Array("too much".utf8).span, passing: [0])
                try rig.run { pair.server.lostCount == 1 }
                #expect(pair.server.events == [.made, .lost(.closedByUs)])
            }
        }
    }

    @Test func aListenerWithAFullQueueIsAskedAgain() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let kernel = rig.kernel.base
                let address = SocketAddress.unix(path: folder + "/s")
                let listener = Int32(try kernel.socket(.unix, .stream).get("socket"))
                _ = try kernel.bind(listener, to: address).get("bind")
                _ = try kernel.listen(listener, backlog: 0).get("listen")
                let client = rig.recorder()
                let first = rig.recorder()
                rig.reactor.connectUnix(to: address) { _ in first }
                try rig.run { first.isConnected }
                rig.reactor.connectUnix(to: address) { _ in client }
                try rig.run { (rig.kernel.calls["connect"] ?? 0) >= 4 }
                #expect(!client.isConnected)
                let accepted = Int32(try kernel.accept(listener).get("accept"))
                try rig.run { client.isConnected }
                kernel.close(accepted)
                kernel.close(listener)
            }
        }
    }

    @Test func aFullQueueHasATimeLimitAndCanBeCancelled() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                rig.kernel.onConnect = { _, _ in .failure(EAGAIN) }
                var errors: [ConnectError.Cause] = []
                var options = ConnectOptions()
                options.timeout = .milliseconds(5)
                for cancels in [false, true] {
                    let attempt = rig.reactor.connectUnix(to: .unix(path: "/x"), options) { _ in
                        nil
                    } completion: {
                        if case .failure(let error) = $0 { errors.append(error.cause) }
                    }
                    if cancels { attempt.cancel() }
                }
                try rig.run { errors.count == 2 }
                #expect(errors == [.cancelled, .timedOut(after: .milliseconds(5))])
                #expect(rig.reactor.census.isEmpty)
            }
        }
    }

    @Test func aMissingSocketIsAnErrorWithItsName() throws {
        try withRig { rig in
            var error: ConnectError?
            rig.reactor.connectUnix(to: .unix(path: "/nowhere/s")) { _ in
                nil
            } completion: {
                if case .failure(let failure) = $0 { error = failure }
            }
            try rig.run { error != nil }
            #expect("\(try #require(error))".hasPrefix("/nowhere/s: connect: No such file"))
        }
    }
}

@Suite struct UnixDatagramTests {
    @Test func aReceiverAnswersTheSendersAddress() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let server = SocketAddress.unix(path: folder + "/server")
                let answering = DatagramRecorder()
                answering.onReceived = { try? $2.send("re: " + $0, to: $1) }
                try rig.reactor.openDatagram(on: server, answering)
                // With a file of its own, and with the name that the system gives it.
                let addresses = [SocketAddress.unix(path: folder + "/client"), .unnamed]
                for address in addresses {
                    let client = DatagramRecorder()
                    let socket = try rig.reactor.openDatagram(on: address, client)
                    try socket.send("hello", to: server)
                    try rig.run { client.texts == ["re: hello"] }
                    #expect(client.arrivals.first?.sender == server)
                    socket.close()
                }
                #expect(answering.arrivals.first?.sender == addresses[0])
                #expect(!FileManager.default.fileExists(atPath: folder + "/client"))
            }
        }
    }

    @Test func aReceiverThatIsNotThereIsAnErrorAtOnce() throws {
        try withTemporaryFolder { folder in
            try withRig { rig in
                let path = folder + "/gone"
                let gone = try rig.reactor.openDatagram(on: .unix(path: path), DatagramRecorder())
                let recorder = DatagramRecorder()
                let socket = try rig.reactor.openDatagram(on: .unnamed, recorder)
                try socket.connect(to: .unix(path: path))
                gone.close()
                #expect(throws: SystemError(ECONNREFUSED, "send")) { try socket.send("x") }
                #expect(throws: SystemError(ENOENT, "send")) {
                    try socket.send("x", to: .unix(path: path))
                }
                try rig.turns(3)
                #expect(recorder.failures.isEmpty && recorder.reasons.isEmpty)
            }
        }
    }

    @Test func aSlowReceiverCostsDatagramsNotMemory() throws {
        try withRig { rig in
            let slow = DatagramRecorder()
            let receiver = try rig.reactor.openDatagram(on: .unnamed, slow)
            let socket = try rig.reactor.openDatagram(on: .unnamed, DatagramRecorder())
            for _ in 0..<2000 { try socket.send("x", to: receiver.address) }
            #expect(socket.droppedCount > 0)
            try rig.run { slow.arrivals.count + socket.droppedCount == 2000 }
        }
    }
}

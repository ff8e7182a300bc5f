import FairleadEngine

@main
enum AsyncEcho {
    static func main() async throws {
        let port = UInt16(CommandLine.arguments.dropFirst().first ?? "8000") ?? 8000
        guard let address = SocketAddress(literal: "127.0.0.1", port: port) else { return }
        try await AsyncReactor.run { reactor in
            let listener = try await reactor.listenTCP(on: address)
            try await listener.serve { connection in
                for try await bytes in connection { try await connection.write(bytes) }
            }
        }
    }
}

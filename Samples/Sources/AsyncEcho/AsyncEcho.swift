import FairleadEngine

@main
enum AsyncEcho {
    static func main() async {
        await AsyncReactor.main { reactor in
            let listener = try await reactor.listen(
                CommandLine.arguments.dropFirst().first ?? "tcp:8000")
            print("listening on \(listener.localAddress)")
            try await listener.serve { connection in
                for try await bytes in connection { try await connection.write(bytes) }
            }
        }
    }
}

import FairleadEngine
import FairleadNMEA
import FairleadNMEAWire

final class Watch: PositioningReceiver {
    func positionReceived(_ fix: Fix) {
        print(fix.position ?? "", fix.mode, fix.altitude ?? "", fix.errors?.horizontal ?? "")
    }

    func fixMissing(_ fix: Fix) { print("no fix") }
}

@main
enum PositionWatch {
    static func main() {
        Reactor.main { reactor in
            let source = CommandLine.arguments.dropFirst().first ?? "serial:/dev/ttyUSB0:baud=4800"
            try reactor.connect(source) { _ in
                NMEAProtocol(to: Watch())
            } completion: { result in
                if case .failure(let error) = result { print(error) }
            }
        }
    }
}

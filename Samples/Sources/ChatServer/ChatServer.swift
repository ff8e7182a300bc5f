// Everybody hears what anybody says. A line is encoded once and its one array is shared by all
// queues; a listener that does not read gets the newest lines when it does, and delays nobody.
import FairleadEngine
import FairleadWire

/// All who are here.
final class Room {
    private var people: [ObjectIdentifier: (name: String, connection: LineConnection)] = [:]

    func enter(_ name: String, _ connection: LineConnection) {
        say("* \(name) has come, to \(people.count) others")
        people[ObjectIdentifier(connection)] = (name, connection)
    }

    func leave(_ connection: LineConnection) {
        guard let person = people.removeValue(forKey: ObjectIdentifier(connection)) else { return }
        say("* \(person.name) has gone")
    }

    func say(_ text: String, except speaker: LineConnection? = nil) {
        let line = Array((text + "\r\n").utf8)
        for person in people.values where person.connection !== speaker {
            person.connection.write(shared: line)
        }
    }
}

/// One who is here, or about to be.
final class Chatter: LineProtocol {
    private let room: Room
    private var name: String?

    init(_ room: Room) { self.room = room }

    func connectionMade(on connection: LineConnection) throws {
        connection.writeLimits.policy = .conflate
        try connection.sendLine("Your name?")
    }

    func lineReceived(_ line: Span<UInt8>, on connection: LineConnection) throws {
        let text = String(decoding: line)
        if let name {
            room.say("\(name): \(text)", except: connection)
        } else {
            name = text
            room.enter(text, connection)
        }
    }

    func lineTooLong(_ count: Int, on connection: LineConnection) throws {
        try connection.sendLine("* \(count) bytes are too much for one line")
    }

    func connectionLost(_ reason: Disconnect, on connection: LineConnection) {
        room.leave(connection)
    }
}

@main
enum ChatServer {
    static func main() {
        let room = Room()
        let guests = ConnectionLimit(total: 1000, perPeer: 20) { _ in
            IdleTimeout(
                LineReceiver(Chatter(room), delimiter: .lf, maximum: 400), after: .seconds(600))
        }
        let endpoint = CommandLine.arguments.dropFirst().first ?? "tcp:8000"
        Reactor.main { reactor in try reactor.listen(endpoint, guests.makeProtocol) }
    }
}

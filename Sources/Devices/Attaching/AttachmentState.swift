import FairleadEngine

/// How it stands with a device that is to be attached.
public enum AttachmentState: Hashable, Sendable, CustomStringConvertible {
    /// Nobody asks for it.
    case stopped
    /// There is no such device; it is awaited.
    case absent
    /// It is being opened.
    case opening
    /// We may not open it.
    case denied(DeviceAccess)
    /// Another process has it.
    case busy(String)
    /// It is no serial device at all.
    case unsuitable(Unsuitable)
    /// Opening failed for another reason.
    case failed(String)
    /// It is open with given settings; nothing has been heard yet.
    case listening(SerialSettings)
    /// Its speed is looked for; this one is being tried.
    case detecting(SerialSettings)
    /// A receiver is heard.
    case running(SerialSettings)
    /// It sends nothing.
    case silent
    /// It sends, but nothing that a receiver would say, at any speed that was tried.
    case noise
    /// It sends without end what no receiver would say.
    case flooding
    /// It says the same time and place again and again.
    case repeating(SerialSettings)

    /// What a name stands for that is no serial device.
    public enum Unsuitable: String, Hashable, Sendable {
        case notATerminal = "not a terminal"
        case fifo = "FIFO"
        case regularFile = "regular file"
        case folder = "directory"
        case socket = "socket"
        case other = "not a device"
    }

    /// The state's name: for programs, and as the beginning of what people read.
    public var name: String {
        switch self {
        case .stopped: "stopped"
        case .absent: "absent"
        case .opening: "opening"
        case .denied: "permission denied"
        case .busy: "busy"
        case .unsuitable(let what): what.rawValue
        case .failed: "failed"
        case .listening: "listening"
        case .detecting: "detecting"
        case .running: "running"
        case .silent: "silent"
        case .noise: "noise"
        case .flooding: "flooding"
        case .repeating: "repeating"
        }
    }

    /// The state and what to know about it.
    public var description: String {
        switch self {
        case .stopped, .opening: name
        case .absent: "absent: waiting for it"
        case .denied(let access): "permission denied: \(access)"
        case .busy(let user): "busy: \(user)"
        case .unsuitable(let what): "\(what.rawValue): no serial device, so nothing is read from it"
        case .failed(let reason): "failed: \(reason)"
        case .listening(let settings): "listening at \(settings)"
        case .detecting(let settings): "detecting the speed, now \(settings)"
        case .running(let settings): "running at \(settings)"
        case .silent: "silent: open, but it sends nothing"
        case .noise: "noise: it sends, but no valid sentence at any speed that was tried"
        case .flooding: "flooding: it sends without end, and no valid sentence"
        case .repeating(let settings):
            "repeating: it says the same time and place again and again, at \(settings)"
        }
    }

    /// Whether only a valid sentence ends it: another attempt by itself changes nothing.
    var isLineTrouble: Bool {
        switch self {
        case .silent, .noise, .flooding, .repeating: true
        default: false
        }
    }

    /// Whether it is a step on the way to something else.
    var isStep: Bool {
        switch self {
        case .opening, .detecting, .listening: true
        default: false
        }
    }

    /// Whether it is about there being something to open, or being allowed to.
    var isOpeningTrouble: Bool {
        switch self {
        case .denied, .busy, .unsuitable, .failed: true
        default: false
        }
    }

    /// How much it matters to whoever reads the log.
    var level: LogLevel {
        switch self {
        case .stopped, .opening, .listening, .detecting: .debug
        case .running: .info
        default: .warning
        }
    }
}

/// How a line of the log looks.
public enum LogFormat: String, CaseIterable, Sendable {
    /// For people: time, level, message.
    case text
    /// For programs: an object a line.
    case json
    /// For systemd's journal, which knows the time itself: a priority and the message.
    case journal

    /// What fits where standard error leads: systemd sets this variable for its services.
    public static func fitting(_ environment: (String) -> String?) -> LogFormat {
        environment("JOURNAL_STREAM") == nil ? .text : .journal
    }
}

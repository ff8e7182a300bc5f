// The conditions of a request (RFC 9110, 13), in the order that it prescribes. It is a matter of
// the state that the server has and of five fields; no clock, no file.
import HTTPTypes

/// The state of what is asked for.
public struct ContentState: Hashable, Sendable {
    public var tag: EntityTag?
    public var modified: HTTPDate?

    public init(tag: EntityTag? = nil, modified: HTTPDate? = nil) {
        self.tag = tag
        self.modified = modified
    }
}

/// What the conditions of a request come to.
public enum Precondition: Hashable, Sendable {
    /// The request is carried out.
    case holds
    /// The client has this state already: 304.
    case notModified
    /// The state is another than the client believes: 412.
    case failed

    /// - Parameters:
    ///   - state: nil when there is nothing of this name.
    ///   - isRead: whether the method is GET or HEAD.
    ///   - now: the time of day: nobody can have seen a state after it; nil to believe all.
    public init(
        of head: RequestHead, _ state: ContentState?, isRead: Bool, now: HTTPDate? = nil
    ) {
        if let text = head[.ifMatch] {
            guard Self.matches(text, state, strongly: true) else {
                self = .failed
                return
            }
        } else if let text = head[.ifUnmodifiedSince], let date = HTTPDate(text) {
            if let modified = state?.modified, modified > date {
                self = .failed
                return
            }
        }
        if let text = head[.ifNoneMatch] {
            let isSame = Self.matches(text, state, strongly: false)
            self = isSame ? (isRead ? .notModified : .failed) : .holds
        } else if isRead, let text = head[.ifModifiedSince], let date = HTTPDate(text),
            let modified = state?.modified, modified <= date,
            // What we have said ourselves is believed, whatever our clock says by now.
            now.map({ date <= $0 }) ?? true || date == modified
        {
            self = .notModified
        } else {
            self = .holds
        }
    }

    private static func matches(_ text: String, _ state: ContentState?, strongly: Bool) -> Bool {
        switch EntityTagList(text) {
        case nil: return false
        case .any: return state != nil
        case .tags(let tags):
            guard let own = state?.tag else { return false }
            return tags.contains {
                strongly ? $0.isStronglyEqual(to: own) : $0.isWeaklyEqual(to: own)
            }
        }
    }

    /// Whether a range may be given: there is no If-Range, or it names this state.
    public static func allowsRange(_ head: RequestHead, _ state: ContentState) -> Bool {
        guard let text = head[.ifRange] else { return true }
        if let tag = EntityTag(field: text) {
            return state.tag.map { $0.isStronglyEqual(to: tag) } ?? false
        }
        return HTTPDate(text) != nil && HTTPDate(text) == state.modified
    }
}

/// An outlet that cannot be as it was asked for.
public struct OutletError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The outlet, as it was written.
    public let text: String
    /// The setting that is wrong; nil: the kind or the place.
    public let setting: String?
    public let expected: String
    /// The known name that was probably meant.
    public let suggestion: String?
    /// Whether it is the setting's name that is wrong, not its value.
    public let isUnknown: Bool

    public init(
        _ text: String, setting: String? = nil, expected: String, suggestion: String? = nil,
        isUnknown: Bool = false
    ) {
        self.text = text
        self.setting = setting
        self.expected = expected
        self.suggestion = suggestion
        self.isUnknown = isUnknown
    }

    public var description: String {
        let part = setting.map { ", \($0)" } ?? ""
        let hint = suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
        return "outlet \"\(text)\"\(part): expected \(expected)\(hint)"
    }
}

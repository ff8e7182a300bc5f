/// One mode that is set or taken away.
public struct ModeChange: Hashable, Sendable {
    public let isSet: Bool
    public let mode: Character
    /// Whom or what it is about; nil for a flag, and for a list that is asked for.
    public let argument: String?

    public init(isSet: Bool, _ mode: Character, _ argument: String? = nil) {
        self.isSet = isSet
        self.mode = mode
        self.argument = argument
    }

    /// Reads `+ov-k nick other key`, already cut into parameters.
    ///
    /// - Parameter kinds: nil for the modes of users, which have no arguments.
    public static func parse(_ parameters: ArraySlice<String>, _ kinds: ModeKinds?) -> [ModeChange]
    {
        var changes: [ModeChange] = []
        var arguments = parameters.dropFirst()
        var isSet = true
        for scalar in (parameters.first ?? "").unicodeScalars {
            switch scalar {
            case "+": isSet = true
            case "-": isSet = false
            default:
                let mode = Character(scalar)
                let takes = kinds?.takesArgument(mode, whenSet: isSet) ?? false
                changes.append(
                    ModeChange(isSet: isSet, mode, takes ? arguments.popFirst() : nil))
            }
        }
        return changes
    }

    /// The parameters that say these changes: the modes in one, then the arguments.
    public static func compose(_ changes: some Collection<ModeChange>) -> [String] {
        var modes = ""
        var arguments: [String] = []
        var sign: Bool?
        for change in changes {
            if sign != change.isSet { modes += change.isSet ? "+" : "-" }
            sign = change.isSet
            modes.append(change.mode)
            if let argument = change.argument { arguments.append(argument) }
        }
        return [modes] + arguments
    }
}

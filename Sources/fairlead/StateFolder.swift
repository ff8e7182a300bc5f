import FairleadEngine

/// Where the program keeps what it must know again.
enum StateFolder {
    /// The folder that was asked for, else that of the environment, as systemd and the XDG base
    /// directories have it; nil where there is no home.
    static func path(
        _ asked: String?, _ environment: (String) -> String? = { environmentValue($0) }
    ) -> String? {
        if let asked { return asked }
        if let own = environment("FAIRLEAD_STATE"), !own.isEmpty { return own }
        // systemd gives a list when a unit has several.
        if let unit = environment("STATE_DIRECTORY")?.split(separator: ":").first {
            return String(unit)
        }
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
            return state + "/fairlead"
        }
        guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
        return home + "/.local/state/fairlead"
    }
}

/// What outlets are opened with.
struct OutletParts {
    let hub: Hub
    /// Who may do more than read; nil: nobody.
    var access: AccessControl?
    /// The folder in which something may be kept; nil: nothing is.
    var state: String?
    /// The metrics of now, as Prometheus reads them; nil: there are none to be had.
    var metrics: (() -> String)?
}
